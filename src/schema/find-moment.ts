import { foldCart, foldOrder } from '../read/index.ts';
import type { GatewayContext } from './context.ts';
import { badUserInput } from './failures.ts';
import { findNewCart } from './find-cart.ts';
import { findOrder } from './find-order.ts';
import type { Moment } from './moments.ts';
import { type OrderSource, readOrder } from './order-source.ts';
import type { CartSource } from './types/cart.ts';

/** The cart as it was at that instant; null before its creation. Whose it is now decides, not whose it was then. */
export const cartAsOf = async (context: GatewayContext, id: string, instant: string): Promise<CartSource | null> => {
  if ((await findNewCart(context, id)) === null) return null;
  const cart = foldCart(await context.audit.eventsOf(id, { instant }));
  return cart && { ...cart, moment: instant };
};

const AT_REVISION = { path: ['atRevision'], allowed: { type: 'integer', minimum: 1 } } as const;

/** The order after that many steps; null when it has not come that far. @throws BAD_USER_INPUT below 1 */
export const orderAtRevision = async (
  context: GatewayContext,
  id: string,
  revision: number,
): Promise<OrderSource | null> => {
  if (revision < 1) throw badUserInput(`atRevision is ${revision}: the first step of an order is 1.`, AT_REVISION);
  if ((await findOrder(context, id)) === null) return null;
  const events = await context.batches.histories.load(id);
  if (events.length < revision) return null;
  const view = foldOrder(events.slice(0, revision));
  return view && { ...readOrder(view), moment: String(revision) };
};

/** What the id of a moment stands for; null when there is no such moment, or it is not the viewer's. */
export const findMoment = (context: GatewayContext, moment: Moment): Promise<CartSource | OrderSource | null> =>
  moment.kind === 'Cart'
    ? cartAsOf(context, moment.id, moment.instant)
    : orderAtRevision(context, moment.id, moment.revision);
