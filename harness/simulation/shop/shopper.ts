import { newId } from '../../../src/events/index.ts';
import { ok } from '../../../src/platform/index.ts';
import type { CartSnapshot, CommandContext, OrderSnapshot } from '../../../src/write/index.ts';
import type { Client, Command } from './client.ts';
import { mistake } from './mistakes.ts';

const contextOf = (idempotencyKey: string): CommandContext => ({
  idempotencyKey,
  traceparent: null,
  reach: 'Everything',
});

interface Owner {
  readonly customerId: string | null;
  readonly sessionId: string | null;
}

const NOBODY: Owner = { customerId: null, sessionId: null };

const createCart = (owner: Owner): Command<CartSnapshot> => ({
  name: 'createCart',
  asked: {},
  run: ({ write }, key) => write.createCart({ ...owner, currency: 'EUR' }, contextOf(key)),
});

/** Every answer to it may be another: what it shows is that the visit is claimed. */
const claimCarts = (visitorId: string, customerId: string): Command<{ readonly id: string }> => ({
  name: 'claimCarts',
  asked: {},
  run: async ({ write }, key) => {
    const result = await write.claimCarts({ visitorId, customerId }, contextOf(key));
    return result.ok ? ok({ id: visitorId }) : result;
  },
});

const addItem = (cartId: string, productId: string, quantity: number): Command<CartSnapshot> => ({
  name: 'addCartItem',
  asked: { cartId, productId, quantity },
  run: ({ write }, key) => write.addCartItem({ cartId, productId, quantity }, contextOf(key)),
});

const checkOut = (cartId: string, paymentMethod: string | null): Command<OrderSnapshot> => ({
  name: 'checkOut',
  asked: { cartId, paymentMethod },
  run: ({ write }, key) => write.checkOut({ cartId, paymentMethod }, contextOf(key)),
});

const pay = (orderId: string, paymentMethod: string): Command<OrderSnapshot> => ({
  name: 'payOrder',
  asked: { orderId },
  run: ({ write }, key) => write.payOrder({ orderId, paymentMethod }, contextOf(key)),
});

const cancel = (orderId: string): Command<OrderSnapshot> => ({
  name: 'cancelOrder',
  asked: { orderId },
  run: ({ write }, key) => write.cancelOrder({ orderId, reason: null }, contextOf(key)),
});

const MAX_QUANTITY = 3;
const SHORT_MS = 50;
const LONG_MS = 1_500;

const methodOf = ({ random }: Client): string | null => {
  const luck = random.next();
  if (luck < 0.45) return 'pm_card_visa';
  if (luck < 0.55) return 'pm_pending';
  if (luck < 0.65) return 'pm_card_authenticationRequired';
  return luck < 0.8 ? 'pm_card_chargeDeclined' : null;
};

const fillCart = async (client: Client, products: readonly string[], owner: Owner = NOBODY): Promise<string | null> => {
  const cart = await client.command(createCart(owner));
  if (!cart.ok) return null;
  const { id } = cart.value;
  for (let items = client.random.integer(1, 2); items > 0; items -= 1) {
    await client.command(addItem(id, client.random.pick(products), client.random.integer(1, MAX_QUANTITY)));
    await client.pause(SHORT_MS);
    await mistake(client, 'Cart', id);
  }
  return id;
};

/** Looks around as a visitor, fills a cart of their own somewhere else meanwhile, perhaps, and signs in. */
const signIn = async (client: Client, products: readonly string[]): Promise<string | null> => {
  const [visitorId, customerId] = [newId('Visit'), client.actor.name];
  const visit = { customerId: null, sessionId: visitorId };
  const own = client.random.chance(0.5) ? fillCart(client, products, { customerId, sessionId: null }) : null;
  const visited = await fillCart(client, products, visit);
  const late = client.random.chance(0.5) ? fillCart(client, products, visit) : null;
  const again = client.random.chance(0.5) ? client.command(claimCarts(visitorId, customerId)) : null;
  await client.command(claimCarts(visitorId, customerId));
  await Promise.all([late, again]);
  return (await own) ?? visited;
};

/** What the provider asks of its customer, who sees to it, refuses, or forgets. */
const authenticate = async (client: Client, orderId: string): Promise<void> => {
  await client.pause(LONG_MS);
  const action = await client.see(({ write }) => write.nextAction(orderId));
  if (action?.type !== 'Confirm' || client.random.chance(0.2)) return;
  client.provider.end(action.clientSecret, client.random.chance(0.3) ? 'Declined' : 'Succeeded');
};

const decideOn = async (client: Client, orderId: string, isPaid: boolean): Promise<void> => {
  await mistake(client, 'Order', orderId);
  await client.pause(client.random.chance(0.5) ? SHORT_MS : LONG_MS);
  if (!isPaid && client.random.chance(0.7)) await client.command(pay(orderId, 'pm_card_visa'));
  if (client.random.chance(0.3)) {
    await client.pause(SHORT_MS);
    await client.command(cancel(orderId));
  }
};

/** Buys once or twice, and sometimes thinks better of it. */
export const shop = async (client: Client, products: readonly string[]): Promise<void> => {
  for (let carts = client.random.integer(1, 2); carts > 0; carts -= 1) {
    const cartId = await (client.random.chance(0.3) ? signIn : fillCart)(client, products);
    if (cartId === null) continue;
    const method = methodOf(client);
    const order = await client.command(checkOut(cartId, method));
    if (client.random.chance(0.2)) await client.command(checkOut(cartId, method));
    if (!order.ok) continue;
    if (method === 'pm_card_authenticationRequired') await authenticate(client, order.value.id);
    await decideOn(client, order.value.id, method !== null);
  }
};
