import { newId, type OrderLine, parseId, type Rejection, toDecimal } from '../../events/index.ts';
import { err, ok, type Result } from '../../platform/index.ts';
import { type Decision, handOver, type Loaded, NOTHING } from '../execution/aggregate.ts';
import type { Commander } from '../execution/commander.ts';
import { checkOutAgain } from '../order/check-out-again.ts';
import { orderAggregate } from '../order/order.ts';
import type { KeptReference } from '../payment/kept-methods.ts';
import type { PaymentMethod } from '../payment/provider.ts';
import { type Cart, merged, type OpenCart, totalMinorOf, versionProblem, visibleTo } from './cart.ts';

/** How the order is to be paid. */
export interface Payment {
  /** Null: that is told later, by payOrder. */
  readonly method: PaymentMethod | null;
  readonly keptReference: KeptReference;
}

const EMPTY: Rejection = {
  code: 'CART_EMPTY',
  message: 'The cart has no items to check out.',
  path: ['cartId'],
};

/** Of a cart that is an order already, the order decides: what it is asked for is never passed over. */
export const checkOut = (loaded: Loaded<Cart>, payment: Payment, by: Commander): Result<Decision, Rejection> => {
  const visible = visibleTo(loaded, by);
  if (!visible.ok) return visible;
  const problem = versionProblem(loaded, by);
  if (problem !== null) return err(problem);
  const cart = visible.value;
  if (cart.status === 'CheckedOut') return ok(askOrder(cart.orderId, payment, by));
  if (cart.status === 'Merged') return err(merged(cart));
  if (cart.items.length === 0) return err(EMPTY);
  const customerId = cart.customerId ?? by.inNameOf ?? null;
  return ok(turnIntoOrder(loaded.id, { ...cart, customerId }, payment.method));
};

const askOrder = (orderId: string, { method, keptReference }: Payment, by: Commander): Decision => {
  const id = parseId('Order', orderId);
  if (id === null) throw new TypeError(`A cart was checked out as ${orderId}, which is no order.`);
  const handsOver = async () => {
    const kept = method === null ? null : await keptReference(id);
    const decide = (order: Parameters<typeof checkOutAgain>[0]) => checkOutAgain(order, { method, kept }, by);
    return handOver({ aggregate: orderAggregate, id, decide });
  };
  return { ...NOTHING, handsOver };
};

const turnIntoOrder = (cartId: string, cart: OpenCart, method: PaymentMethod | null): Decision => {
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
  const data = {
    orderId,
    cartId,
    customerId,
    sessionId,
    currency,
    lines,
    totalAmount,
    methodKind: method?.kind ?? null,
  };
  return {
    events: [{ type: 'CartCheckedOut', data: { orderId, totalAmount } }],
    opens: { aggregate: orderAggregate, aggregateId: orderId, events: [{ type: 'OrderCreated', data }] },
    ...(method !== null && { keeps: { orderId, reference: method.reference } }),
  };
};
