import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import type { Client } from './client.ts';
import { type Play, thinkMs } from './plays.ts';
import { watchToEnd } from './watch.ts';

const CART = '__typename ... on Cart { id } ... on UserError { code }';
const ORDER = '__typename ... on Order { id } ... on UserError { code }';
const CREATE = `mutation ($input: CreateCartInput) { result: createCart(input: $input) { ${CART} } }`;
const ADD = `mutation ($input: AddCartItemInput!) { result: addCartItem(input: $input) { ${CART} } }`;
const CHECK_OUT = `mutation ($input: CheckoutInput!) { result: checkout(input: $input) { ${ORDER} } }`;
const PAY = `mutation ($input: PayOrderInput!) { result: payOrder(input: $input) { ${ORDER} } }`;
const CANCEL = `mutation ($input: CancelOrderInput!) { result: cancelOrder(input: $input) { ${ORDER} } }`;

export interface Buying {
  readonly play: Play;
  readonly customerId: string;
  readonly client: Client;
  /** Where its gateway answers. */
  readonly url: string;
  readonly random: Random;
  /** The customer's own trace that the checkout is a part of, another for each attempt; null when it begins one. */
  readonly traceparent: () => string | null;
  readonly isWatched: boolean;
  readonly signal: AbortSignal;
}

export interface Bought {
  readonly orderId: string;
  readonly play: Play;
  /** Frames that a subscriber was sent; resolves once there are no more. */
  readonly frames: Promise<number>;
}

type Ordering = Pick<Buying, 'client' | 'customerId'>;

const command = ({ customerId, client }: Ordering, mutation: string, input: object) =>
  client.command({ customerId, mutation, input });

const checkOut = async (buying: Buying): Promise<string> => {
  const { play, customerId, client, traceparent } = buying;
  const { id: cartId } = await command(buying, CREATE, { customerId });
  await command(buying, ADD, { cartId, productId: play.product, quantity: 1 });
  const input = { cartId, ...(play.method !== null && { paymentMethod: play.method }) };
  return (await client.command({ customerId, mutation: CHECK_OUT, input, traceparent })).id;
};

const settle = async (buying: Buying, orderId: string): Promise<void> => {
  const { later } = buying.play;
  if (later === undefined) return;
  await sleep(thinkMs(buying.random));
  if (later.command === 'payOrder') await command(buying, PAY, { orderId, paymentMethod: later.method });
  else await command(buying, CANCEL, { orderId, reason: 'changed my mind' });
};

/** Fills a cart, checks it out, and does what the play says. @throws when a command is not answered as it should be */
export const buy = async (buying: Buying): Promise<Bought> => {
  const { play, url, customerId, isWatched, signal } = buying;
  const orderId = await checkOut(buying);
  const frames = isWatched ? watchToEnd({ url, customerId, orderId, signal }) : Promise.resolve(0);
  await settle(buying, orderId);
  return { orderId, play, frames };
};
