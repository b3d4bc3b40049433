import { type Db, type Runner, statement } from '../database/index.ts';
import { isId, type Positions } from '../events/index.ts';
import {
  deliveredTo,
  type HeadColumns,
  headColumns,
  headOf,
  type Owed,
  owedOf,
  owedText,
  type WebhookEndpoint,
  type WebhookFormat,
  type WebhookStatus,
} from './endpoint.ts';

interface EndpointRow extends HeadColumns {
  readonly id: string;
  readonly url: string;
  readonly event_types: string[] | null;
  readonly format: string;
  readonly status: string;
  readonly revision: number;
  readonly owed: object;
  readonly next_attempt_at: Date | null;
  readonly failed_at: Date | null;
  readonly failure_status: number | null;
  readonly failure_reason: string | null;
  readonly failure_event_id: string | null;
  readonly created_at: Date;
}

/** As it is kept. */
export interface KeptEndpoint extends WebhookEndpoint {
  readonly revision: number;
  readonly head: Positions;
  readonly owed: readonly Owed[];
}

const COLUMNS = `id, url, event_types, format, status, revision, head, other_heads, owed, next_attempt_at, failed_at, failure_status,
  failure_reason, failure_event_id, created_at`;

const endpointOf = (row: EndpointRow): KeptEndpoint => {
  const [head, owed] = [headOf(row), owedOf(row.owed)];
  const { failed_at: at, failure_status: status, failure_reason: reason, failure_event_id: eventId } = row;
  return {
    id: row.id,
    url: row.url,
    eventTypes: row.event_types,
    format: row.format as WebhookFormat,
    status: row.status as WebhookStatus,
    revision: row.revision,
    head,
    owed,
    cursor: deliveredTo(head, owed),
    lastFailure: at === null ? null : { at: at.toISOString(), status, reason: reason ?? '', eventId: eventId ?? '' },
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
};

const reading =
  (text: string) =>
  (select = statement<EndpointRow>(text)) =>
  async (runner: Runner, values: readonly unknown[] = []): Promise<readonly KeptEndpoint[]> =>
    (await select(runner, values)).map(endpointOf);

const ALL = reading(`select ${COLUMNS} from webhook.endpoint order by id collate "C"`)();

/** In the order in which they were made. */
export const allEndpoints = (db: Db): Promise<readonly KeptEndpoint[]> => ALL(db);

const ONE = reading(`select ${COLUMNS} from webhook.endpoint where id = $1`)();

/** What cannot be an endpoint's id is not looked for: PostgreSQL takes not every text. */
export const endpointById = async (runner: Runner, id: string): Promise<KeptEndpoint | null> =>
  isId('WebhookEndpoint', id) ? ((await ONE(runner, [id]))[0] ?? null) : null;

const MAX_ENDPOINTS = 1_000;

const INSERT = reading(`
  with made as (
    insert into webhook.endpoint (id, url, event_types, format, head, other_heads)
    select $1, $2, $3::text[], $4, $5::bigint, $7 where (select count(*) from webhook.endpoint) < ${MAX_ENDPOINTS}
    returning ${COLUMNS}
  ), kept as (
    insert into webhook.secret (endpoint_id, secret) select id, $6 from made
  )
  select ${COLUMNS} from made`)();

export interface NewEndpoint extends Pick<WebhookEndpoint, 'id' | 'url' | 'eventTypes' | 'format'> {
  readonly head: Positions;
  readonly secret: string;
}

/** Null when there are as many as there may be. */
export const insertEndpoint = async (
  db: Db,
  { id, url, eventTypes, format, head, secret }: NewEndpoint,
): Promise<KeptEndpoint | null> => {
  const heads = headColumns(head);
  return (await INSERT(db, [id, url, eventTypes, format, heads.head, secret, heads.other_heads]))[0] ?? null;
};

const SETTLE = reading(`
  update webhook.endpoint set url = $3, event_types = $4::text[], format = $5, revision = revision + 1
  where id = $1 and revision = $2
  returning ${COLUMNS}`)();

/** What is sent, where and how; null when that was changed meanwhile, or the endpoint is gone. */
export const saveSettings = async (
  runner: Runner,
  { id, revision, url, eventTypes, format }: KeptEndpoint,
): Promise<KeptEndpoint | null> => (await SETTLE(runner, [id, revision, url, eventTypes, format]))[0] ?? null;

const PLACE = reading(`
  update webhook.endpoint
  set status = $3, head = $4::bigint, other_heads = $6, owed = $5::json, next_attempt_at = null, revision = revision + 1, epoch = epoch + 1
  where id = $1 and revision = $2
  returning ${COLUMNS}`)();

/** Where it stands: what its leader notes of before is not noted any more. Null as with {@link saveSettings}. */
export const savePlace = async (
  runner: Runner,
  { id, revision, status, head, owed }: KeptEndpoint,
): Promise<KeptEndpoint | null> => {
  const heads = headColumns(head);
  return (await PLACE(runner, [id, revision, status, heads.head, owedText(owed), heads.other_heads]))[0] ?? null;
};

const DELETE = statement('delete from webhook.endpoint where id = $1 returning id');

/** Whether it was there. Its secrets go with it. */
export const deleteEndpoint = async (db: Db, id: string): Promise<boolean> =>
  isId('WebhookEndpoint', id) && (await DELETE(db, [id])).length === 1;
