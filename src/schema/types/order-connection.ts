import { connectionOf, edgeOf } from './connection.ts';
import { Order } from './order.ts';

export const OrderConnection = connectionOf(Order, edgeOf(Order));
