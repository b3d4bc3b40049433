import type { ColumnType, Generated } from 'kysely';

type Instant = ColumnType<Date, Date | string, Date | string>;

export interface WebhookEndpointTable {
  readonly id: string;
  readonly url: string;
  /** Null: all. */
  readonly event_types: string[] | null;
  readonly format: string;
  readonly status: Generated<string>;
  readonly revision: Generated<number>;
  /** Grows when an operator says where it stands. */
  readonly epoch: Generated<number>;
  /** Everything of partition 0 up to it that concerns the endpoint is delivered, but what is owed. */
  readonly head: ColumnType<string, string | bigint, string | bigint>;
  /** The same of the other partitions. */
  readonly other_heads: Generated<string>;
  readonly owed: ColumnType<object, string | undefined, string>;
  readonly next_attempt_at: Instant | null;
  readonly failed_at: Instant | null;
  readonly failure_status: number | null;
  readonly failure_reason: string | null;
  readonly failure_event_id: string | null;
  readonly leader: string | null;
  readonly created_at: Generated<Date>;
}

/** Only the service that signs with them may read `secret`. */
interface WebhookSecretTable {
  readonly endpoint_id: string;
  readonly number: ColumnType<string, never, never>;
  readonly secret: string;
  readonly created_at: Generated<Date>;
  readonly expires_at: Instant | null;
}

interface WebhookWorkerTable {
  readonly id: string;
  readonly alive_until: Instant;
}

export interface WebhookTables {
  'webhook.endpoint': WebhookEndpointTable;
  'webhook.secret': WebhookSecretTable;
  'webhook.worker': WebhookWorkerTable;
}
