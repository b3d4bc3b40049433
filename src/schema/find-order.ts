import { isId } from '../events/index.ts';
import type { GatewayContext } from './context.ts';
import { type OrderSource, readOrder, writtenOrder } from './order-source.ts';
import { mayReach } from './viewer.ts';

/** The order, or null when it is another customer's than the viewer. */
export const reachableOrder = ({ viewer }: GatewayContext, order: OrderSource): OrderSource | null =>
  mayReach(viewer, order.created.customerId) ? order : null;

/** The order as the read side has it; null when it is unknown or another customer's than the viewer. */
export const findReadOrder = async (context: GatewayContext, id: string): Promise<OrderSource | null> => {
  if (!isId('Order', id)) return null;
  const view = await context.batches.orders.load(id);
  return view && reachableOrder(context, readOrder(view));
};

/** The order as the write side has it, which knows it from the moment of its checkout. */
export const findWrittenOrder = async (context: GatewayContext, id: string): Promise<OrderSource | null> => {
  if (!isId('Order', id)) return null;
  const snapshot = await context.write.order(id);
  return snapshot && reachableOrder(context, writtenOrder(snapshot));
};

/** The order as the read side has it or, while it is too new for that, as the write side has it. */
export const findOrder = async (context: GatewayContext, id: string): Promise<OrderSource | null> =>
  (await findReadOrder(context, id)) ?? findWrittenOrder(context, id);
