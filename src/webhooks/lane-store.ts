import { type Db, statement, type WebhookEndpointTable } from '../database/index.ts';
import type { Positions } from '../events/index.ts';
import {
  type HeadColumns,
  headColumns,
  headOf,
  type Owed,
  owedOf,
  owedText,
  type WebhookFormat,
  type WebhookStatus,
} from './endpoint.ts';
import type { Failure } from './outcome.ts';
import { keyOf, type SigningKey } from './secret.ts';

/** An endpoint as its leader takes it up. */
export interface Led {
  readonly id: string;
  readonly url: string;
  readonly eventTypes: readonly string[] | null;
  readonly format: WebhookFormat;
  readonly revision: number;
  readonly epoch: number;
  readonly head: Positions;
  readonly owed: readonly Owed[];
  readonly keys: readonly SigningKey[];
}

/** How far the deliveries to an endpoint are. */
export interface Standing {
  readonly head: Positions;
  readonly owed: readonly Owed[];
  readonly status: WebhookStatus;
  /** From now; null: nothing waits. */
  readonly nextAttemptMs: number | null;
  /** Since the last save; null when nothing failed. */
  readonly failure: (Failure & { readonly eventId: string }) | null;
}

export type LedRow = Pick<WebhookEndpointTable, 'id' | 'url' | 'event_types' | 'format'> &
  HeadColumns & {
    readonly revision: number;
    readonly epoch: number;
    readonly owed: object;
  };

interface SecretRow {
  readonly endpoint_id: string;
  readonly secret: string;
  readonly expires_at: Date | null;
}

const SECRETS = statement<SecretRow>(`
  select endpoint_id, secret, expires_at from webhook.secret
  where endpoint_id = any($1::text[]) and (expires_at is null or expires_at > now())
  order by endpoint_id collate "C", number desc`);

/** What rows say, with the keys that these endpoints are signed with. */
export const ledOf = async (db: Db, rows: readonly LedRow[]): Promise<readonly Led[]> => {
  const secrets = Map.groupBy(await SECRETS(db, [rows.map(({ id }) => id)]), ({ endpoint_id: id }) => id);
  return rows.map((row) => ({
    id: row.id,
    url: row.url,
    eventTypes: row.event_types,
    format: row.format as WebhookFormat,
    revision: row.revision,
    epoch: row.epoch,
    head: headOf(row),
    owed: owedOf(row.owed),
    keys: (secrets.get(row.id) ?? []).map(({ secret, expires_at: expiresAt }) => ({
      key: keyOf(secret),
      expiresAtMs: expiresAt?.getTime() ?? null,
    })),
  }));
};

const SAVE = statement(`
  update webhook.endpoint
  set head = $4::bigint, other_heads = $11, owed = $5::json, status = $6, next_attempt_at = now() + $7::integer * interval '1 millisecond',
    failed_at = case when $8::text is null then failed_at else now() end,
    failure_event_id = coalesce($8, failure_event_id),
    failure_status = case when $8::text is null then failure_status else $9::integer end,
    failure_reason = coalesce($10, failure_reason)
  where id = $1 and leader = $2 and epoch = $3
  returning id`);

/** Whether it is noted: not when somebody else leads by now, or an operator has put the endpoint elsewhere. */
export const saveStanding = async (
  db: Db,
  { id, epoch, leader }: { readonly id: string; readonly epoch: number; readonly leader: string },
  { head, owed, status, nextAttemptMs, failure }: Standing,
): Promise<boolean> => {
  const failed = [failure?.eventId ?? null, failure?.status ?? null, failure?.reason ?? null];
  const heads = headColumns(head);
  const standing = [heads.head, owedText(owed), status, nextAttemptMs === null ? null : Math.ceil(nextAttemptMs)];
  return (await SAVE(db, [id, leader, epoch, ...standing, ...failed, heads.other_heads])).length === 1;
};
