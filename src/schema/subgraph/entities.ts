import { byDeadline } from '../../platform/index.ts';
import type { ProductView } from '../../read/index.ts';
import type { GatewayContext } from '../context.ts';
import { findNewCart } from '../find-cart.ts';
import { findMoment } from '../find-moment.ts';
import { findOrder } from '../find-order.ts';
import { findProduct } from '../find-product.ts';
import { momentOf } from '../moments.ts';
import type { OrderSource } from '../order-source.ts';
import type { CartSource } from '../types/cart.ts';

/** What another subgraph knows of something of panier's. */
export interface Representation {
  readonly __typename: EntityName;
  readonly id: string;
}

type Found = CartSource | OrderSource | ProductView;
type Find = (context: GatewayContext, id: string) => Promise<Found | null>;

/**
 * What is found by reference, and how: as everything else is, for who may see it, read together with what is asked for at
 * the same time. What was just written is there, too: a gateway comes back for it before the read side has heard of it.
 */
const FINDS = { Cart: findNewCart, Order: findOrder, Product: findProduct } as const satisfies Record<string, Find>;

export type EntityName = keyof typeof FINDS;

export const ENTITY_NAMES = Object.keys(FINDS) as readonly EntityName[];

/** A copy: what is found may be shared with others, and the library writes its type into it. */
const resolved =
  (find: Find) =>
  async ({ __typename, id }: Representation, context: GatewayContext): Promise<Found | null> => {
    const moment = momentOf(id);
    const isMoment = moment?.kind === __typename;
    const found = await byDeadline(isMoment ? findMoment(context, moment) : find(context, id), context.deadline);
    return found && { ...found };
  };

/** By type, as `addResolversToSchema` takes them. */
export const referenceResolvers = Object.fromEntries(
  ENTITY_NAMES.map((name) => [name, { __resolveReference: resolved(FINDS[name]) }]),
);
