import { sql } from 'kysely';
import type { Db } from '../../database/index.ts';
import { idPart, instantPart, keyOfOwner, type Reach, tokenOf } from '../../events/index.ts';
import { whereReached } from '../../projection/index.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { type Condition, mergedListing, type Source, type Span } from '../merged-lists.ts';
import type { CartState } from './cart.ts';
import { CART } from './model.ts';

export type CartStatus = 'OPEN' | 'MERGED' | 'CHECKED_OUT';

/** Which carts, by when they were created among others; what is left out, or null, fits all. */
export interface CartFilter extends Span {
  readonly customerId?: string | null | undefined;
  /** With an item of this product. */
  readonly productId?: string | null | undefined;
}

export interface CartPageRequest extends PageRequest {
  /** Only those that it reaches. */
  readonly reach: Reach;
  readonly status?: readonly CartStatus[] | null | undefined;
  readonly filter?: CartFilter | null | undefined;
}

const CARTS: Omit<Source, 'conditions'> = { from: sql`read.cart as listed`, id: sql`listed.id` };
const OF_PRODUCT: Omit<Source, 'conditions'> = { from: sql`read.cart_product as listed`, id: sql`listed.cart_id` };

const STATUSES: readonly CartStatus[] = ['OPEN', 'MERGED', 'CHECKED_OUT'];

/** As the indexes say it: said otherwise, every cart there ever was would be read. */
const IS: Readonly<Record<CartStatus, Condition>> = {
  OPEN: sql`order_id is null and merged_into is null`,
  CHECKED_OUT: sql`order_id is not null and merged_into is null`,
  MERGED: sql`merged_into is not null`,
};

const isAnyOf = (statuses: readonly CartStatus[] | null): readonly Condition[] => {
  if (statuses === null) return [];
  return [
    statuses.length === 0
      ? sql`false`
      : sql`(${sql.join(
          statuses.map((status) => IS[status]),
          sql` or `,
        )})`,
  ];
};

// Fenced, so that each is looked up for a row of the list that leads; else the planner may take the other list to lead.
const alsoOfProduct = (productId: string): Condition =>
  sql`exists (select from read.cart_product as other
    where other.cart_id = listed.id and other.product_id = ${productId} offset 0)`;

const alsoStatus = (statuses: readonly CartStatus[] | null): readonly Condition[] =>
  isAnyOf(statuses).map(
    (isStatus) => sql`exists (select from read.cart as found where found.id = listed.cart_id and ${isStatus} offset 0)`,
  );

/** The narrowest list that there is leads: an owner's, else a product's, else those of the statuses. */
const sourcesOf = ({ reach, status = null, filter }: CartPageRequest): readonly Source[] => {
  const { customerId = null, productId = null } = filter ?? {};
  const owned = customerId === null ? [] : [sql`owner = ${keyOfOwner({ kind: 'Customer', customerId })}`];
  const owners = [...whereReached(reach), ...owned];
  const ofProduct = productId === null ? [] : [alsoOfProduct(productId)];
  if (owners.length > 0) return [{ ...CARTS, conditions: [...owners, ...isAnyOf(status), ...ofProduct] }];
  if (productId !== null)
    return [{ ...OF_PRODUCT, conditions: [sql`listed.product_id = ${productId}`, ...alsoStatus(status)] }];
  return [...new Set(status ?? STATUSES)].map((each) => ({ ...CARTS, conditions: [IS[each]] }));
};

const newestFirst = mergedListing<CartState>(CART, {
  cursor: tokenOf('carts:', [instantPart, idPart]),
  by: 'createdAt',
  keyOf: ({ createdAt, id }) => [createdAt, id],
});

/** Carts that fit, the newest first. @throws {InvalidCursor} */
export const cartRows = (db: Db, request: CartPageRequest): Promise<Page<CartState>> => {
  const { since, until } = request.filter ?? {};
  return newestFirst(db, { ...request, since, until }, sourcesOf(request));
};
