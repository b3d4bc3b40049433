import { isId, keyOfOwner, type Recorded } from '../../events/index.ts';
import { aggregateIds, isOf, type Storage, type StoredRecorded, type Table } from '../../projection/index.ts';
import { VISIT } from './model.ts';

interface Owned {
  readonly id: string;
  /** See `ownerKey`. */
  readonly owner: string | null;
}

/** Whose a visitor's things are now, by the owner's key that they had. */
type Claims = ReadonlyMap<string, string>;

/** What of a batch claims may concern. */
interface Concerned<Row> {
  /** Rows of visitors that the batch says are claimed. */
  readonly rows: readonly Row[];
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

const visitorsIn = (batch: readonly Recorded[], creations: 'CartCreated' | 'OrderCreated'): readonly string[] => [
  ...new Set(batch.flatMap((each) => (each.event.type === creations ? (visitorOf(each) ?? []) : []))),
];

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
export const openClaims = <T, Row extends Owned>(
  storage: Storage<T>,
  table: Table<Row>,
  creations: 'CartCreated' | 'OrderCreated',
) => {
  const visits = storage.rows(VISIT);
  const ownedBy = storage.rows(table).having('owner');
  return async (tx: T, batch: readonly Recorded[]): Promise<Concerned<Row>> => {
    const claimed = aggregateIds(batch, 'Visit');
    const asked = [...new Set([...claimed, ...visitorsIn(batch, creations)])];
    const [rows, known] = await Promise.all([ownedBy(tx, claimed.map(visitorKey)), visits.load(tx, asked)]);
    const knownClaims = new Map(known.map(({ id, customerId }) => [visitorKey(id), customerKey(customerId)]));
    return { rows, claimsAfter: (events) => claimsOf(knownClaims, events) };
  };
};

/** The row as its owner has it now. */
export const claimed = <Row extends Owned>(row: Row, claims: Claims): Row => {
  const owner = row.owner === null ? undefined : claims.get(row.owner);
  return owner === undefined ? row : { ...row, owner };
};
