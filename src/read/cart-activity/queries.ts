import { sql } from 'kysely';
import type { Db } from '../../database/index.ts';
import { idPart, instantPart, tokenOf } from '../../events/index.ts';
import type { CartView } from '../cart/cart.ts';
import { cartQueries } from '../cart/queries.ts';
import { listing, mapped, type Page, type PageRequest } from '../keyset.ts';
import { CART_ACTIVITY } from './model.ts';

export interface AbandonedCartPageRequest extends PageRequest {
  /** For how long nothing has happened to the cart, by the database's clock. */
  readonly olderThanSeconds: number;
}

const longestFirst = listing(CART_ACTIVITY, {
  cursor: tokenOf('abandoned:', [instantPart, idPart]),
  by: ['changedAt', 'id'],
  order: 'asc',
  keyOf: ({ changedAt, id }) => [changedAt, id] as const,
});

export const cartActivityQueries = {
  /** Open carts with items to which nothing has happened for long; the longest first. @throws {InvalidCursor} */
  abandonedCartPage: async (db: Db, request: AbandonedCartPageRequest): Promise<Page<CartView>> => {
    // As the index cart_activity_waiting says it: said otherwise, every cart there ever was would be read.
    const conditions = [sql`is_waiting`, sql`changed_at < now() - make_interval(secs => ${request.olderThanSeconds})`];
    const page = await longestFirst(db, request, conditions);
    const carts = await cartQueries.carts(
      db,
      page.edges.map(({ node }) => ({ id: node.id, reach: 'Everything' })),
    );
    const byId = new Map(carts.filter((cart) => cart !== null).map((cart) => [cart.id, cart]));
    return mapped(page, ({ id }) => byId.get(id) ?? null);
  },
};
