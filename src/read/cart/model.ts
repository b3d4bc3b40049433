import type { CartEvent, Recorded } from '../../events/index.ts';
import {
  aggregateIds,
  byAggregate,
  folded,
  isOf,
  type ReadModel,
  type StoredRecorded,
  type Table,
} from '../../projection/index.ts';
import { claimed, openClaims, openHandOver, settlingClaims } from '../visit/claims.ts';
import { type CartState, foldOn } from './cart.ts';
import { CART_PRODUCT, productChanges } from './cart-product.ts';

export const CART: Table<CartState> = {
  name: 'cart',
  key: ['id'],
  isShared: true,
  kept: ['owner'],
  columns: {
    id: 'text',
    owner: 'text',
    customerId: 'text',
    sessionId: 'text',
    currency: 'text',
    items: 'json',
    orderId: 'text',
    mergedInto: 'text',
    version: 'integer',
    createdAt: 'timestamptz',
    updatedAt: 'timestamptz',
  },
};

const NONE: readonly StoredRecorded[] = [];

interface Known {
  readonly carts: readonly CartState[];
  /** Events that came early, and waited in the event store until the gap before them closes. */
  readonly waiting: readonly Recorded<CartEvent>[];
}

const changedCarts = ({ carts, waiting }: Known, events: ReadonlyMap<string, readonly Recorded<CartEvent>[]>) => {
  const known = new Map(carts.map((cart) => [cart.id, cart]));
  const early = Map.groupBy(waiting, ({ envelope }) => envelope.aggregateId);
  return [...events].flatMap(([id, each]) => {
    const before = known.get(id) ?? null;
    const after = foldOn(before, [...each, ...(early.get(id) ?? [])]);
    return after === null || after.version === before?.version ? [] : [after];
  });
};

/** One row per cart, folded in version order, and one for each product in it. Safe to repeat: a row ignores what is not its next version. */
export const CARTS: ReadModel<'carts'> = {
  name: 'carts',
  version: 6,
  tables: [CART, CART_PRODUCT],
  concerns: { Cart: 'Itself' },
  settling: settlingClaims(CART, 'CartCreated'),
  projection: (storage) => {
    const [rows, productRows] = [storage.rows(CART), storage.rows(CART_PRODUCT)];
    const waitingFor = storage.events.waiting(CART, 'Cart');
    const claimsIn = openClaims(storage, CART, 'CartCreated');
    const handOver = openHandOver(storage, CART);
    return async (tx, { batch, below }) => {
      const ids = aggregateIds(batch, 'Cart');
      const [carts, early, concerned] = await Promise.all([
        rows.load(tx, ids),
        ids.length === 0 ? NONE : waitingFor(tx, ids, below),
        claimsIn(tx, batch),
      ]);
      const waiting = early.filter(isOf('Cart'));
      const known = new Map(carts.map((cart) => [cart.id, cart]));
      return async (events) => {
        const claims = concerned.claimsAfter(events);
        const evolved = changedCarts({ carts, waiting }, byAggregate(events, 'Cart'));
        const changed = evolved.map((cart) => claimed(cart, claims));
        const products = evolved.map((cart) => productChanges(cart, known.get(cart.id)));
        const all = folded(
          [...new Set([...changed.map(({ id }) => id), ...concerned.ids])],
          rows.write(tx, changed),
          productRows.write(
            tx,
            products.flatMap(({ came }) => came),
          ),
          productRows.remove(
            tx,
            products.flatMap(({ went }) => went),
          ),
        );
        return { ...all, share: async () => handOver(tx, concerned, claims) };
      };
    };
  },
};
