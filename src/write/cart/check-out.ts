import { newId, type OrderLine, parseId, type Rejection, toDecimal } from '../../events/index.ts';
import { err, ok, type Result } from '../../platform/index.ts';
import { type Decision, handOver, type Loaded, NOTHING } from '../execution/aggregate.ts';
import type { Commander } from '../execution/commander.ts';
import { checkOutAgain } from '../order/check-out-again.ts';
import { orderAggregate } from '../order/order.ts';
import { type Cart, type OpenCart, totalMinorOf, versionProblem, visibleTo } from './cart.ts';

/** Of a cart that is an order already, the order decides: what it is asked for is never passed over. */
export const checkOut = (
  loaded: Loaded<Cart>,
  paymentMethod: string | null,
  by: Commander,
): Result<Decision, Rejection> => {
  const visible = visibleTo(loaded, by);
  if (!visible.ok) return visible;
  const problem = versionProblem(loaded, by);
  if (problem !== null) return err(problem);
  const cart = visible.value;
  if (cart.status === 'CheckedOut') return ok(askOrder(cart.orderId, paymentMethod, by));
  if (cart.items.length === 0) return err({ code: 'CART_EMPTY', message: 'The cart has no items to check out.' });
  return ok(turnIntoOrder(loaded.id, cart, paymentMethod));
};

const askOrder = (orderId: string, paymentMethod: string | null, by: Commander): Decision => {
  const id = parseId('Order', orderId);
  if (id === null) throw new TypeError(`A cart was checked out as ${orderId}, which is no order.`);
  const decide = (order: Parameters<typeof checkOutAgain>[0]) => checkOutAgain(order, paymentMethod, by);
  return { ...NOTHING, handsOver: handOver({ aggregate: orderAggregate, id, decide }) };
};

const turnIntoOrder = (cartId: string, cart: OpenCart, paymentMethod: string | null): Decision => {
  const { customerId, sessionId, currency, items } = cart;
  const orderId = newId('Order');
  const totalAmount = toDecimal(totalMinorOf(items), currency);
  const lines = items.map(
    (item): OrderLine => ({
      productId: item.productId,
      quantity: item.quantity,
      unitPrice: toDecimal(item.unitPriceMinor, currency),
    }),
  );
  const data = { orderId, cartId, customerId, sessionId, currency, lines, totalAmount, paymentMethod };
  return {
    events: [{ type: 'CartCheckedOut', data: { orderId, totalAmount } }],
    opens: { aggregate: orderAggregate, aggregateId: orderId, events: [{ type: 'OrderCreated', data }] },
  };
};
