import { connectionOf, edgeOf } from './connection.ts';
import { Order } from './order.ts';

export const OrderConnection = connectionOf(
  Order,
  edgeOf(Order, (t) => t.field({ type: Order, description: 'The Order.', resolve: ({ node }) => node })),
);
