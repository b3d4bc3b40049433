import type { CartEvent, Recorded } from '../../events/index.ts';
import { byAggregate, NO_CHANGES, type Projection } from '../projection.ts';
import type { CartRows } from '../read-store.ts';
import { type CartState, foldOn } from './cart.ts';

type Carts = ReadonlyMap<string, CartState | null>;
type EventsByCart = ReadonlyMap<string, readonly Recorded<CartEvent>[]>;

const foldAll = (carts: Carts, events: EventsByCart): Carts =>
  new Map([...carts].map(([id, cart]) => [id, foldOn(cart, events.get(id) ?? [])]));

const versionsOf = (carts: Carts) => [...carts].map(([id, cart]) => ({ id, version: cart?.version ?? 0 }));

const changedCarts = (before: Carts, after: Carts): readonly CartState[] =>
  [...after.values()].filter((cart) => cart !== null && cart.version !== before.get(cart.id)?.version) as CartState[];

/** Read model `cart`: one row per cart, folded in version order. Safe to repeat: a row ignores what is not its next version. */
export const cartProjection = <T>(rows: CartRows<T>): Projection<T> => ({
  name: 'cart',
  apply: async (tx, batch) => {
    const events = byAggregate<CartEvent>(batch, 'Cart');
    if (events.size === 0) return NO_CHANGES;
    const known = new Map((await rows.load(tx, [...events.keys()])).map((cart) => [cart.id, cart]));
    const before: Carts = new Map([...events.keys()].map((id) => [id, known.get(id) ?? null]));
    const folded = foldAll(before, events);
    // Events that came early wait in the event store until the gap before them closes.
    const waiting = await rows.waiting(tx, versionsOf(folded));
    const after = foldAll(
      folded,
      Map.groupBy(waiting, ({ envelope }) => envelope.aggregateId),
    );
    const changed = changedCarts(before, after);
    await rows.write(tx, changed);
    return { ...NO_CHANGES, carts: changed.map(({ id }) => id) };
  },
});
