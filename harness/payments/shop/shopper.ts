import { setTimeout as delay } from 'node:timers/promises';
import type { Controls } from '../../stripe/index.ts';
import type { Random } from '../../support/random.ts';
import { ask, type Panier } from './ask.ts';
import type { Play } from './plays.ts';
import { PRODUCTS } from './products.ts';

/** One customer with one order. */
export interface Shopper {
  readonly panier: Panier;
  readonly stripe: Controls;
  readonly random: Random;
  readonly play: Play;
  /** Of this customer alone: what is asked again is asked under the same keys. */
  readonly name: string;
}

const CREATE = 'mutation ($input: CreateCartInput!) { createCart(input: $input) { ... on Cart { id } } }';
const ADD = `mutation ($input: AddCartItemInput!) { addCartItem(input: $input) {
  ... on Cart { id } ... on UserError { code message } } }`;
const CHECK_OUT = `mutation ($input: CheckoutInput!) {
  checkout(input: $input) { ... on Order { id } ... on UserError { code message } } }`;
const PAY = `mutation ($input: PayOrderInput!) {
  payOrder(input: $input) { ... on Order { id } ... on UserError { code message } } }`;
const CANCEL = `mutation ($input: CancelOrderInput!) {
  cancelOrder(input: $input) { ... on Order { id } ... on UserError { code message } } }`;
const LOOK = `query ($id: ID!) { order(id: $id) { status payment { status nextAction { clientSecret } } } }`;

interface Done {
  readonly id?: string;
  readonly code?: string;
  readonly message?: string;
}

const idOf = ({ id, message = 'no id' }: Done): string => {
  if (id === undefined) throw new Error(message);
  return id;
};

const fill = async ({ panier, random, name }: Shopper): Promise<string> => {
  const currency = random.chance(0.1) ? 'JPY' : 'EUR';
  const cart = { currency, idempotencyKey: `${name}:cart` };
  const cartId = idOf((await ask<{ readonly createCart: Done }>(panier, CREATE, { input: cart })).createCart);
  const sold = PRODUCTS.filter((product) => product.currency === currency);
  for (const line of Array.from({ length: random.integer(1, 2) }).keys()) {
    const item = { cartId, productId: random.pick(sold).id, quantity: random.integer(1, 3) };
    const input = { ...item, idempotencyKey: `${name}:item${line}` };
    idOf((await ask<{ readonly addCartItem: Done }>(panier, ADD, { input })).addCartItem);
  }
  return cartId;
};

const checkOut = async ({ panier, name, play }: Shopper, cartId: string): Promise<string> => {
  const paying = play.pays === undefined ? { paymentMethod: play.method } : {};
  const input = { cartId, ...paying, idempotencyKey: `${name}:checkout` };
  return idOf((await ask<{ readonly checkout: Done }>(panier, CHECK_OUT, { input })).checkout);
};

/** What a customer may be told who is slower than the order, or clicked before. */
const TOO_LATE: readonly (string | undefined)[] = ['PAYMENT_IN_PROGRESS', 'ORDER_CLOSED'];

const mayBeTooLate = ({ id, code, message }: Done): void => {
  if (id === undefined && !TOO_LATE.includes(code)) throw new Error(`${code}: ${message}`);
};

/** Of two clicks one may find the order being paid, or paid. */
const pay = async ({ panier, name, play }: Shopper, orderId: string): Promise<void> => {
  const click = async (key: string): Promise<void> => {
    const input = { orderId, paymentMethod: play.method, idempotencyKey: `${name}:${key}` };
    mayBeTooLate((await ask<{ readonly payOrder: Done }>(panier, PAY, { input })).payOrder);
  };
  await Promise.all((play.pays === 'twice' ? ['pay', 'pay again'] : ['pay']).map(click));
};

interface Look {
  readonly status: string;
  readonly payment: { readonly status: string; readonly nextAction: { readonly clientSecret: string } | null } | null;
}

const OVER = ['CONFIRMED', 'CANCELLED', 'REJECTED', 'COMPENSATING'];
const LOOK_MS = 300;

/** The first look at the order that is as wanted, or shows that it is over. */
const until = async ({ panier }: Shopper, id: string, isSo: (look: Look) => boolean): Promise<Look> => {
  for (;;) {
    const { order } = await ask<{ readonly order: Look | null }>(panier, LOOK, { id });
    if (order !== null && (isSo(order) || OVER.includes(order.status))) return order;
    await delay(LOOK_MS);
  }
};

const act = async (shopper: Shopper, orderId: string): Promise<void> => {
  const { acts } = shopper.play;
  const { payment } = await until(shopper, orderId, (look) => look.payment?.status === 'ACTION_REQUIRED');
  const clientSecret = payment?.nextAction?.clientSecret;
  if (clientSecret === undefined || acts === 'walks away') return;
  await delay(shopper.random.between(0, LOOK_MS));
  shopper.stripe.act({ clientSecret, isRefused: acts !== 'completes' });
  if (acts !== 'refuses, then pays with another card') return;
  await delay(shopper.random.between(0, 2 * LOOK_MS));
  shopper.stripe.payAgain({ clientSecret, paymentMethod: 'pm_card_visa' });
};

const cancel = async ({ panier, random, name }: Shopper, orderId: string): Promise<void> => {
  await delay(random.between(0, 2 * LOOK_MS));
  const input = { orderId, idempotencyKey: `${name}:cancel`, reason: 'changed my mind' };
  mayBeTooLate((await ask<{ readonly cancelOrder: Done }>(panier, CANCEL, { input })).cancelOrder);
};

const dispute = async (shopper: Shopper, orderId: string): Promise<void> => {
  const { random, stripe } = shopper;
  const { status } = await until(shopper, orderId, ({ status: now }) => now === 'CONFIRMED');
  if (status !== 'CONFIRMED') return;
  const paid = stripe.books().find(({ metadata, charged }) => charged > 0 && Object.values(metadata).includes(orderId));
  const opened = stripe.openDispute({ paymentIntent: paid?.paymentIntent ?? '', reason: 'product_not_received' });
  if (opened === null) return;
  await delay(random.between(0, LOOK_MS));
  stripe.closeDispute({ dispute: opened, status: random.pick(['won', 'lost']) });
};

/** Buys something, as the play has it; the order's id. @throws where panier refuses what it should not */
export const shop = async (shopper: Shopper): Promise<string> => {
  const orderId = await checkOut(shopper, await fill(shopper));
  if (shopper.play.pays !== undefined) {
    await until(shopper, orderId, ({ status }) => status === 'AWAITING_PAYMENT');
    await pay(shopper, orderId);
  }
  if (shopper.play.acts !== undefined) await act(shopper, orderId);
  if (shopper.play.cancels) await cancel(shopper, orderId);
  if (shopper.play.disputes) await dispute(shopper, orderId);
  return orderId;
};
