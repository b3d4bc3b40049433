import {
  EVENT_COLUMN_COUNT,
  EVENT_COLUMN_NAMES,
  eventArrayParameters,
  eventArrays,
  eventColumns,
} from '../../events/index.ts';
import type { AppendRequest, Task } from './append-request.ts';

const EVENT_FIRST = 8;
const TASK_FIRST = EVENT_FIRST + 3 + EVENT_COLUMN_COUNT;
const TASK_TYPES = ['integer', 'text', 'text', 'timestamptz', 'double precision', 'integer', 'json'];

/** `$first::type[], …` */
export const parameters = (first: number, types: readonly string[]): string =>
  types.map((type, index) => `$${first + index}::${type}[]`).join(', ');

/**
 * Which requests may be written: `accepted`; and why not the others: `stored`, `overtaken`.
 *
 * Lateral with a limit, so that each row is looked up by its index: joined, the planner reads and hashes the whole journal
 * for every batch while its statistics lag behind.
 */
const DECIDE = `
  with unit (nth, key, request_hash, result) as (
    select * from unnest($1::integer[], ${parameters(2, ['text', 'text', 'json'])})
  ), stored as (
    select unit.nth, kept.request_hash, kept.result
    from unit cross join lateral (
      select request_hash, result from write.idempotency where key = unit.key limit 1
    ) kept
  ), head (nth, aggregate_id, expected) as (
    select * from unnest(${parameters(5, ['integer', 'text', 'integer'])})
  ), overtaken as (
    select distinct on (head.nth) head.nth, newest.event_id, newest.occurred_at
    from head left join lateral (
      select position, sequence, event_id, occurred_at from write.journal
      where aggregate_id = head.aggregate_id and sequence between head.expected and head.expected + 1
      order by sequence desc limit 1
    ) newest on true
    where newest.sequence is distinct from nullif(head.expected, 0)
    order by head.nth, newest.position
  ), accepted as (
    select nth from unit except select nth from stored except select nth from overtaken
  )`;

const WRITE_EVENTS = `
  event as (
    select * from unnest($${EVENT_FIRST}::integer[], $${EVENT_FIRST + 1}::integer[], $${EVENT_FIRST + 2}::boolean[],
      ${eventArrayParameters(EVENT_FIRST + 3)})
      with ordinality as event (nth, sequence, heard, ${EVENT_COLUMN_NAMES}, place)
    where nth in (select nth from accepted)
  ), recorded as (
    insert into write.journal (sequence, heard, ${EVENT_COLUMN_NAMES})
    select sequence, heard, ${eventColumns({ occurred_at: 'coalesce(occurred_at, now())' })} from event order by place
    returning position, heard
  ), queued as (
    insert into write.outbox (position) select position from recorded where not heard
  ), keyed as (
    insert into write.idempotency (key, request_hash, result)
    select key, request_hash, result from unit join accepted using (nth) where key is not null
  )`;

const WRITE_TASKS = `
  scheduled as (
    insert into write.task (kind, order_id, due_at, attempts, payload)
    select kind, order_id, coalesce(due_at, now() + after_ms * interval '1 millisecond'), attempts, payload
    from unnest(${parameters(TASK_FIRST, TASK_TYPES)}) as task (nth, kind, order_id, due_at, after_ms, attempts, payload)
    join accepted using (nth)
    on conflict (order_id, kind) do update
      set due_at = excluded.due_at, attempts = excluded.attempts, payload = excluded.payload
  ), unscheduled as (
    delete from write.task
    using unnest(${parameters(TASK_FIRST + TASK_TYPES.length, ['integer', 'text', 'text'])}) as gone (nth, kind, order_id)
    join accepted using (nth)
    where task.kind = gone.kind and task.order_id = gone.order_id
  )`;

/** How many parameters {@link appendValues} gives. */
export const APPEND_VALUES = TASK_FIRST - 1 + TASK_TYPES.length + 3;

/** The statement, with what else is to be written for the requests that are `accepted`. */
export const appendStatement = (...further: readonly string[]): string => `
  ${[DECIDE, WRITE_EVENTS, WRITE_TASKS, ...further].join(', ')}
  select null::integer as nth, null as request_hash, null::json as result, false as is_overtaken,
    null as next_event_id, now() as occurred_at
  union all
  select nth, stored.request_hash, stored.result, overtaken.nth is not null,
    overtaken.event_id, coalesce(overtaken.occurred_at, now())
  from stored full join overtaken using (nth)`;

/**
 * One statement, one commit, for many requests. A request is refused alone: when its key was used before, or when one of its
 * aggregates has moved on. What a concurrent statement commits in between shows as a unique violation of the whole.
 * Returns a row with the time, and one for each request that is refused; `next_event_id` is the event that now stands where
 * the request's first one was to stand.
 */
export const APPEND = appendStatement();

/** What became of a request. */
export interface AppendRow {
  readonly request_hash: string | null;
  /** What was kept under the key, if the request's is that. */
  readonly result: object | null;
  readonly is_overtaken: boolean;
  readonly next_event_id: string | null;
  readonly occurred_at: Date;
}

/** A row of the statement's answer; without a request's number, that of all which are written. */
export interface AppendAnswer extends AppendRow {
  readonly nth: number | null;
}

/** What became of each request, from the statement's answer. */
export const appendRows = (
  requests: readonly AppendRequest[],
  answers: readonly AppendAnswer[],
): readonly AppendRow[] => {
  const [all] = answers;
  if (all === undefined) throw new Error('The database did not say what became of an append.');
  const refused = new Map(answers.map((answer) => [answer.nth, answer]));
  return requests.map((_, nth) => refused.get(nth) ?? all);
};

/** What each request has of something, with the request's number. */
export const numbered = <T>(
  requests: readonly AppendRequest[],
  of: (request: AppendRequest) => readonly T[],
): readonly (readonly [number, T])[] =>
  requests.flatMap((request, nth) => of(request).map((item) => [nth, item] as const));

/** The parameters of {@link APPEND}. */
export const appendValues = (requests: readonly AppendRequest[]): unknown[] => {
  const heads = numbered(requests, (request) => request.heads);
  const entries = numbered(requests, (request) => request.entries);
  // The time of our own events is the database's.
  const envelopes = entries.map(([, { envelope, received }]) =>
    received ? envelope : { ...envelope, occurredAt: null },
  );
  return [
    requests.map((_, nth) => nth),
    requests.map(({ idempotency }) => idempotency?.key ?? null),
    requests.map(({ idempotency }) => idempotency?.requestHash ?? null),
    requests.map(({ idempotency }) => (idempotency === null ? null : JSON.stringify(idempotency.result))),
    heads.map(([nth]) => nth),
    heads.map(([, { aggregateId }]) => aggregateId),
    heads.map(([, { expectedSequence }]) => expectedSequence),
    entries.map(([nth]) => nth),
    entries.map(([, { sequence }]) => sequence),
    entries.map(([, { received }]) => received),
    ...eventArrays(envelopes),
    ...taskValues(requests),
  ];
};

const afterMs = (due: Task['due']): number | null => {
  if ('at' in due) return null;
  return 'afterMs' in due ? due.afterMs : due.takenForMs;
};

const taskValues = (requests: readonly AppendRequest[]): unknown[] => {
  const tasks = numbered(requests, (request) => request.schedule);
  const gone = numbered(requests, (request) => request.unschedule);
  return [
    tasks.map(([nth]) => nth),
    tasks.map(([, { kind }]) => kind),
    tasks.map(([, { orderId }]) => orderId),
    tasks.map(([, { due }]) => ('at' in due ? due.at : null)),
    tasks.map(([, { due }]) => afterMs(due)),
    tasks.map(([, { due }]) => ('takenForMs' in due ? 1 : 0)),
    tasks.map(([, { payload }]) => JSON.stringify(payload)),
    gone.map(([nth]) => nth),
    gone.map(([, { kind }]) => kind),
    gone.map(([, { orderId }]) => orderId),
  ];
};
