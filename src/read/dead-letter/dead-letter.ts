import { type Selectable, sql } from 'kysely';
import type { DeadLetterState } from '../../bus/index.ts';
import type { Db, DeadLetterTable } from '../../database/index.ts';
import { positionPart, tokenOf } from '../../events/index.ts';
import { keysetOf, type Page, type PageRequest, pageOf } from '../keyset.ts';

/** An entry that a consumer group could not handle, as it is shown. Times RFC 3339, UTC. */
export interface DeadLetterView {
  readonly id: string;
  readonly number: bigint;
  readonly consumerGroup: string;
  readonly stream: string;
  readonly entryId: string;
  /** Name and value, in the entry's order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly error: string;
  readonly deliveries: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly state: DeadLetterState;
  /** Why it was discarded; null unless it was. */
  readonly reason: string | null;
  readonly settledAt: string | null;
}

/** What is null restricts nothing. */
export interface DeadLetterPageRequest extends PageRequest {
  readonly group: string | null;
  readonly stream: string | null;
  readonly states: readonly DeadLetterState[] | null;
}

const viewOf = (row: Selectable<DeadLetterTable>): DeadLetterView => ({
  id: row.id,
  number: BigInt(row.number),
  consumerGroup: row.consumer_group,
  stream: row.stream,
  entryId: row.entry_id,
  fields: row.fields as DeadLetterView['fields'],
  error: row.error,
  deliveries: row.deliveries,
  firstAt: row.first_at.toISOString(),
  lastAt: row.last_at.toISOString(),
  state: row.state as DeadLetterState,
  reason: row.reason,
  settledAt: row.settled_at?.toISOString() ?? null,
});

const cursor = tokenOf('dead:', [positionPart]);
const letters = (db: Db) => db.selectFrom('bus.dead_letter').selectAll();

const deadLetters = async (db: Db, ids: readonly string[]): Promise<readonly DeadLetterView[]> => {
  const rows = await letters(db)
    .where(({ eb, fn, val }) => eb('id', '=', fn.any(val([...ids]))))
    .execute();
  return rows.map(viewOf);
};

/** What came from the stream, or from a partition of it. */
const ofStream = (stream: string) => sql<boolean>`(stream = ${stream} or starts_with(stream, ${`${stream}:{`}))`;

/** Dead letters in the order in which they were kept. @throws {InvalidCursor} */
const deadLetterPage = async (db: Db, request: DeadLetterPageRequest): Promise<Page<DeadLetterView>> => {
  const { group, stream, states } = request;
  const keyset = keysetOf(request, cursor);
  const { forward, limit, after, before } = keyset;
  const rows = await letters(db)
    .$if(group !== null, (all) => all.where('consumer_group', '=', group ?? ''))
    .$if(stream !== null, (all) => all.where(ofStream(stream ?? '')))
    .$if(states !== null, (all) => all.where(({ eb, fn, val }) => eb('state', '=', fn.any(val([...(states ?? [])])))))
    .$if(after !== null, (all) => all.where('number', '>', String(after?.[0])))
    .$if(before !== null, (all) => all.where('number', '<', String(before?.[0])))
    .orderBy('number', forward ? 'asc' : 'desc')
    .limit(limit)
    .execute();
  return pageOf(keyset, rows.map(viewOf), ({ number }) => cursor.encode(number));
};

export const deadLetterQueries = {
  deadLetters,
  /** In the order in which they were kept. */
  deadLetterPage,
};
