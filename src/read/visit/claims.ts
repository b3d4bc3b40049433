import { isId, keyOfOwner, type Recorded } from '../../events/index.ts';
import {
  aggregateIds,
  isOf,
  type Move,
  type Settle,
  type Storage,
  type StoredRecorded,
  type Table,
} from '../../projection/index.ts';
import { type ClaimedVisit, VISIT } from './model.ts';

interface Owned {
  readonly id: string;
  /** See `ownerKey`. */
  readonly owner: string | null;
}

/** Whose a visitor's things are now, by the owner's key that they had. */
type Claims = ReadonlyMap<string, string>;

/** What of a batch claims may concern. */
interface Concerned {
  /** The ids of what belongs to visitors that the batch says are claimed. */
  readonly ids: readonly string[];
  /** With the claims that were known, and those among these events. */
  readonly claimsAfter: (events: readonly StoredRecorded[]) => Claims;
}

const visitorKey = (visitorId: string): string => keyOfOwner({ kind: 'Visitor', visitorId });
const customerKey = (customerId: string): string => keyOfOwner({ kind: 'Customer', customerId });

/** The visitor whose new cart or order it is; null when it is nothing of the kind. */
const visitorOf = ({ event }: Recorded): string | null => {
  if (event.type !== 'CartCreated' && event.type !== 'OrderCreated') return null;
  const { customerId, sessionId } = event.data;
  return customerId === null && sessionId !== null && isId('Visit', sessionId) ? sessionId : null;
};

type Creations = 'CartCreated' | 'OrderCreated';

/** The visits that are claimed, or whose visitor something is created for. */
const visitsIn = (batch: readonly Recorded[], creations: Creations): readonly string[] => {
  const visitors = batch.flatMap((each) => (each.event.type === creations ? (visitorOf(each) ?? []) : []));
  return [...new Set([...aggregateIds(batch, 'Visit'), ...visitors])];
};

const movesOf = (claims: Claims): readonly Move[] => [...claims].map(([from, to]) => ({ from, to }));

const claimsIn = (visits: readonly ClaimedVisit[]): Claims =>
  new Map(visits.map(({ id, customerId }) => [visitorKey(id), customerKey(customerId)]));

/** The first claim of a visit stands, and a known one is before all others. */
const claimsOf = (known: Claims, events: readonly StoredRecorded[]): Claims => {
  const claims = new Map(known);
  for (const { event } of events.filter(isOf('Visit'))) {
    const visitor = visitorKey(event.data.visitorId);
    if (!claims.has(visitor)) claims.set(visitor, customerKey(event.data.customerId));
  }
  return claims;
};

/**
 * What carts or orders have to know of claims: rows that are there when a claim comes change hands, and rows that come
 * later find it. So it is all the same which comes first.
 */
export const openClaims = <T, Row extends Owned>(storage: Storage<T>, table: Table<Row>, creations: Creations) => {
  const visits = storage.rows(VISIT);
  const ownedBy = storage.rows(table).having('owner');
  return async (tx: T, batch: readonly Recorded[]): Promise<Concerned> => {
    const claimed = aggregateIds(batch, 'Visit');
    const asked = visitsIn(batch, creations);
    const [rows, known] = await Promise.all([ownedBy(tx, claimed.map(visitorKey)), visits.load(tx, asked)]);
    const ids = rows.map(({ id }) => id);
    return { ids, claimsAfter: (events) => claimsOf(claimsIn(known), events) };
  };
};

/**
 * Gives what was visitors' to whoever has claimed it. What somebody else is at is passed over: to wait for it, holding rows
 * oneself, might be to wait in a ring; {@link settlingClaims} comes to it.
 */
export const openHandOver = <T, Row extends Owned>(storage: Storage<T>, table: Table<Row>) => {
  const move = storage.rows(table).moving('owner', 'PassOver');
  return (tx: T, { ids }: Concerned, claims: Claims): readonly Promise<unknown>[] =>
    ids.length === 0 ? [] : [move(tx, movesOf(claims))];
};

/**
 * A claim and what is created for its visitor may be stored at the same time by two who do not see each other: afterwards one of
 * them sees both.
 */
export const settlingClaims =
  <Row extends Owned>(table: Table<Row>, creations: Creations) =>
  <T>(storage: Storage<T>) => {
    const visits = storage.rows(VISIT);
    const move = storage.rows(table).moving('owner', 'Wait');
    return (batch: readonly Recorded[]): Settle<T> | null => {
      const asked = visitsIn(batch, creations);
      if (asked.length === 0) return null;
      return async (tx) => move(tx, movesOf(claimsIn(await visits.load(tx, asked))));
    };
  };

/** The row as its owner has it now. */
export const claimed = <Row extends Owned>(row: Row, claims: Claims): Row => {
  const owner = row.owner === null ? undefined : claims.get(row.owner);
  return owner === undefined ? row : { ...row, owner };
};
