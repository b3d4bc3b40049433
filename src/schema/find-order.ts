import { readReachOf } from '../access/index.ts';
import { isId } from '../events/index.ts';
import { awaitOwn } from './await-own.ts';
import type { GatewayContext } from './context.ts';
import { type OrderSource, readOrder, writtenOrder } from './order-source.ts';

/** The order as the read side has it at once, whatever the viewer has just done to it. */
const findShownOrder = async ({ batches, viewer }: GatewayContext, id: string): Promise<OrderSource | null> => {
  if (!isId('Order', id)) return null;
  const view = await batches.orders.load({ id, reach: readReachOf(viewer) });
  return view && readOrder(view);
};

/** The order as the read side has it, with what the viewer did to it; null when it is unknown, or not the viewer's. */
export const findReadOrder = async (context: GatewayContext, id: string): Promise<OrderSource | null> => {
  const own = awaitOwn(context, id);
  if (own !== null) await own;
  return findShownOrder(context, id);
};

/** The order as the write side has it, which knows it from the moment of its checkout. */
const findWrittenOrder = async ({ write, viewer }: GatewayContext, id: string): Promise<OrderSource | null> => {
  if (!isId('Order', id)) return null;
  const snapshot = await write.order(id, readReachOf(viewer));
  return snapshot && writtenOrder(snapshot);
};

/** The order as the read side has it or, while it is too new for that, as the write side has it. */
export const findOrder = async (context: GatewayContext, id: string): Promise<OrderSource | null> =>
  (await findReadOrder(context, id)) ?? findWrittenOrder(context, id);

/** The same, at once: so that a wait of its own is the only one. */
export const glimpseOrder = async (context: GatewayContext, id: string): Promise<OrderSource | null> =>
  (await findShownOrder(context, id)) ?? findWrittenOrder(context, id);
