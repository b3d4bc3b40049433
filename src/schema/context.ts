import { type Access, type Admission, subjectOf, type Viewer, writeReachOf } from '../access/index.ts';
import type { Audit } from '../audit/index.ts';
import type { Monitoring } from '../monitoring/index.ts';
import type { Limits } from '../platform/index.ts';
import type { Read } from '../read/index.ts';
import type { Saga } from '../saga/index.ts';
import type { Upkeep } from '../upkeep/index.ts';
import type { WebhookEndpoints } from '../webhooks/index.ts';
import type { CommandContext, Operations, Write } from '../write/index.ts';
import type { Batches } from './batches.ts';
import type { Timed } from './in-time.ts';
import type { OwnWrites } from './own-writes.ts';
import type { NextCopy } from './reading.ts';
import type { LiveStreams } from './subscriptions/live-streams.ts';
import type { Resumption } from './subscriptions/resumption.ts';

/** The modules behind the schema. */
export interface Modules {
  readonly write: Write;
  readonly saga: Saga;
  readonly operations: Operations;
  readonly audit: Audit;
  readonly read: Read;
  readonly access: Access;
  readonly webhooks: WebhookEndpoints;
  readonly monitoring: Pick<Monitoring, 'consumerGroups' | 'backlog' | 'processes'>;
  readonly upkeep: Upkeep;
}

/** What every resolver is given. */
export interface GatewayContext extends Modules, Timed {
  readonly batches: Batches;
  /** Null where there are no copies to read from. */
  readonly nextCopy: NextCopy | null;
  readonly live: LiveStreams;
  /** What viewers have just written. */
  readonly ownWrites: OwnWrites;
  readonly viewer: Viewer;
  /** How long that holds. */
  readonly admission: Admission;
  readonly limits: Pick<Limits, 'cost' | 'operationMs' | 'pageSize'>;
  /** What lists have had beyond what the limit of cost knew of: see `withinBudget`. */
  readonly excess: { fields: number };
  readonly resumption: Resumption;
  /** W3C trace context of the request. */
  readonly traceparent: string | null;
}

interface CommandInput {
  readonly idempotencyKey?: string | null | undefined;
  readonly expectedVersion?: number | null | undefined;
}

/** What a command needs to know beside its own fields. */
export const commandContext = (context: GatewayContext, input: CommandInput): CommandContext => ({
  idempotencyKey: input.idempotencyKey ?? null,
  expectedVersion: input.expectedVersion ?? null,
  traceparent: context.traceparent,
  reach: writeReachOf(context.viewer),
  subject: subjectOf(context.viewer),
  deadline: context.deadline,
  onWritten: (events) => context.ownWrites.note(context.viewer, events),
});
