import { encodeConsistencyToken, newId } from '../../../src/events/index.ts';
import type { Variables } from '../operation.ts';
import type { Things } from '../things.ts';
import { type Answer, valueIn } from './lanes.ts';

/** Asks as whoever makes the things. @throws when it is refused */
export type Ask = (document: string, variables: Variables) => Promise<Answer>;

/** What is nobody's, and the same for all. */
export type Shared = Pick<Things, 'productId' | 'deadLetterId' | 'firstEvent' | 'newWebhookEndpoint' | 'upkeepRunId'>;

interface Made {
  readonly id: string;
  readonly consistencyToken: string;
  readonly items?: readonly { readonly id: string }[];
}

const CART = '{ ... on Cart { id consistencyToken items { id } } ... on UserError { code message } }';
const ORDER = '{ ... on Order { id consistencyToken } ... on UserError { code message } }';

const command = async (ask: Ask, name: string, input: Variables): Promise<Made> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const shown = name.endsWith('Order') || name === 'checkout' ? ORDER : CART;
  const answer = await ask(`mutation ($input: ${type}!) { ${name}(input: $input) ${shown} }`, { input });
  const made = valueIn(answer, name) as Partial<Made> & Omit<Made, 'id'>;
  if (made.id === undefined) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  return { ...made, id: made.id };
};

const filledCart = async (ask: Ask, productId: string): Promise<Made> => {
  const { id: cartId } = await command(ask, 'createCart', {});
  return command(ask, 'addCartItem', { cartId, productId });
};

const placedOrder = async (ask: Ask, productId: string): Promise<Made> =>
  command(ask, 'checkout', { cartId: (await filledCart(ask, productId)).id });

const newVisit = async (ask: Ask): Promise<string> => {
  const visit = valueIn(await ask('mutation { startVisit { ... on Visit { token } } }', {}), 'startVisit');
  return (visit as { readonly token: string }).token;
};

const STEPS = 'query ($id: ID!, $token: String) { order(id: $id, consistentWith: $token) { id } }';
const FOLLOW = 'subscription ($id: ID!) { orderStatus(orderId: $id) { cursor } }';

/** Makes one thing of each kind for whoever asks; answers once the read side has them. `follow` asks for a subscription. */
export const makeThings = async (ask: Ask, follow: Ask, shared: Shared): Promise<Things> => {
  const { productId } = shared;
  const [cart, toOrder] = [await filledCart(ask, productId), await filledCart(ask, productId)];
  const usedKey = newId('Event');
  const { consistencyToken } = await command(ask, 'addCartItem', {
    cartId: cart.id,
    productId,
    idempotencyKey: usedKey,
  });
  const order = await placedOrder(ask, productId);
  const [toPay, toCancel] = [await placedOrder(ask, productId), await placedOrder(ask, productId)];
  await ask(STEPS, { id: toCancel.id, token: toCancel.consistencyToken });
  const update = valueIn(await follow(FOLLOW, { id: order.id }), 'orderStatus') as { readonly cursor: string };
  // So that something comes behind the cursor.
  await command(ask, 'cancelOrder', { orderId: order.id });
  return {
    ...shared,
    cartId: cart.id,
    cartToken: consistencyToken,
    usedKey,
    cartToOrder: toOrder.id,
    orderId: order.id,
    orderToken: order.consistencyToken,
    orderCursor: update.cursor,
    orderToPay: toPay.id,
    orderToCancel: toCancel.id,
    newVisit: () => newVisit(ask),
    newItem: async () => (await command(ask, 'addCartItem', { cartId: cart.id, productId })).items?.at(-1)?.id ?? '',
  };
};

const tokenOfFirst = (aggregateId: string): string =>
  encodeConsistencyToken({ aggregateId, measure: 'Version', reached: 1 });

/** Ids that nothing has, in the place of those. */
export const unknownThings = (things: Things): Things => {
  const [cartId, orderId] = [newId('Cart'), newId('Order')];
  return {
    ...things,
    cartId,
    cartToken: tokenOfFirst(cartId),
    usedKey: newId('Event'),
    cartToOrder: cartId,
    orderId,
    orderToken: tokenOfFirst(orderId),
    orderToPay: orderId,
    orderToCancel: orderId,
    newItem: async () => '1',
  };
};
