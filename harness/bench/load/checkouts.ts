import { Latencies, type LatencySummary, runClosedLoop, runOpenLoop } from '../measure/index.ts';
import { answerWith } from '../stage/answer.ts';
import { openPoster, type Poster } from './post.ts';
import { openSocket, type Socket } from './socket.ts';

export type Question =
  /** Several gateways are asked by turns, as by a balancer that does not know who asked where before. */
  | { readonly type: 'prepare'; readonly urls: readonly string[]; readonly products: readonly string[] }
  | { readonly type: 'closed'; readonly seconds: number; readonly inFlight: number }
  | { readonly type: 'open'; readonly seconds: number; readonly perSecond: number };

export interface CheckoutRound {
  readonly operations: number;
  readonly seconds: number;
  /** From `checkout` to the frame that says CONFIRMED. */
  readonly latencyMs: LatencySummary;
}

const CONNECTIONS = 64;
const SOCKETS = 8;
/** The time to fill a cart: its checkout is meant to start so long after the cart. */
const FILL_MS = 500;

const CREATE = JSON.stringify({ query: 'mutation { createCart { ... on Cart { id } } }' });
const ADD = 'mutation ($input: AddCartItemInput!) { addCartItem(input: $input) { ... on Cart { id } } }';
const CHECK_OUT = 'mutation ($input: CheckoutInput!) { checkout(input: $input) { ... on Order { id } } }';
const WATCH = 'subscription ($id: ID!) { orderStatus(orderId: $id) { order { status } } }';

interface Shop {
  readonly post: Poster['post'];
  readonly sockets: readonly Socket[];
  readonly products: readonly string[];
}

let shop: Shop | undefined;
let started = 0;

/** Each request goes to the next of them. */
const byTurns = (urls: readonly string[]): Poster['post'] => {
  const posters = urls.map((url) => openPoster(url, Math.ceil(CONNECTIONS / urls.length)));
  let posted = 0;
  return (body) => {
    posted += 1;
    const poster = posters[posted % posters.length];
    if (poster === undefined) throw new Error('There is no gateway.');
    return poster.post(body);
  };
};

const idIn = (answer: string): string => {
  const id = /"id":"([^"]+)"/.exec(answer)?.[1];
  if (id === undefined) throw new Error(`No id: ${answer.slice(0, 500)}`);
  return id;
};

const fill = async ({ post, products }: Shop, number: number): Promise<string> => {
  const cartId = idIn(await post(CREATE));
  for (const offset of [0, 1]) {
    const productId = products[(number + offset) % products.length];
    idIn(await post(JSON.stringify({ query: ADD, variables: { input: { cartId, productId, quantity: 1 } } })));
  }
  return cartId;
};

/** @throws when the order ends otherwise than CONFIRMED */
const untilConfirmed = async (socket: Socket | undefined, id: string): Promise<void> => {
  const ended = Promise.withResolvers<void>();
  let isConfirmed = false;
  const complete = (): void => (isConfirmed ? ended.resolve() : ended.reject(new Error(`${id} is not CONFIRMED.`)));
  const next = (frame: string): void => {
    isConfirmed = frame.includes('"CONFIRMED"');
    if (isConfirmed) ended.resolve();
  };
  socket?.subscribe(WATCH, { id }, { next, complete });
  await ended.promise;
};

const checkOut = async (latencies: Latencies, intendedAt: number | null): Promise<void> => {
  if (shop === undefined) throw new Error('Nothing is prepared.');
  started += 1;
  const number = started;
  const cartId = await fill(shop, number);
  const dueAt = intendedAt === null ? performance.now() : intendedAt + FILL_MS;
  const early = dueAt - performance.now();
  if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
  const input = { cartId, paymentMethod: 'pm_card_visa' };
  const id = idIn(await shop.post(JSON.stringify({ query: CHECK_OUT, variables: { input } })));
  await untilConfirmed(shop.sockets[number % shop.sockets.length], id);
  latencies.record(performance.now() - dueAt);
};

const run = async (question: Exclude<Question, { readonly type: 'prepare' }>): Promise<CheckoutRound> => {
  const latencies = new Latencies();
  const round =
    question.type === 'closed'
      ? await runClosedLoop({ ...question, operate: () => checkOut(latencies, null) })
      : await runOpenLoop({ ...question, operate: (intendedAt) => checkOut(latencies, intendedAt) });
  return { ...round, latencyMs: latencies.summary() };
};

answerWith(async (question: Question) => {
  if (question.type !== 'prepare') return run(question);
  const { urls, products } = question;
  const all = Array.from({ length: Math.ceil(SOCKETS / urls.length) }, () => urls).flat();
  shop = { post: byTurns(urls), sockets: await Promise.all(all.map(openSocket)), products };
  return undefined;
});
