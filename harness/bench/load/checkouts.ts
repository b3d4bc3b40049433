import { Latencies, type LatencySummary, runClosedLoop, runOpenLoop } from '../measure/index.ts';
import { answerWith } from '../stage/answer.ts';
import { openPoster, type Poster } from './post.ts';
import { openSocket, type Socket } from './socket.ts';

export type Question =
  | {
      readonly type: 'prepare';
      readonly urls: readonly string[];
      readonly products: readonly string[];
      /** Several gateways are asked by turns, unless each customer stays at one, as with a balancer that knows them. */
      readonly staysAtOne?: boolean;
    }
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

/** What a customer asks by. */
interface Lane {
  readonly post: Poster['post'];
  readonly sockets: readonly Socket[];
}

interface Shop {
  readonly lanes: readonly Lane[];
  readonly products: readonly string[];
}

let shop: Shop | undefined;
let started = 0;

/** Each request goes to the next of them. */
const byTurns = (posters: readonly Poster[]): Poster['post'] => {
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

const fill = async (post: Poster['post'], products: readonly string[], number: number): Promise<string> => {
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
  const { lanes, products } = shop;
  const lane = lanes[number % lanes.length];
  if (lane === undefined) throw new Error('There is no gateway.');
  const { post, sockets } = lane;
  const cartId = await fill(post, products, number);
  const dueAt = intendedAt === null ? performance.now() : intendedAt + FILL_MS;
  const early = dueAt - performance.now();
  if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
  const input = { cartId, paymentMethod: 'pm_card_visa' };
  const id = idIn(await post(JSON.stringify({ query: CHECK_OUT, variables: { input } })));
  await untilConfirmed(sockets[number % sockets.length], id);
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
  const { urls, products, staysAtOne = false } = question;
  const posters = urls.map((url) => openPoster(url, Math.ceil(CONNECTIONS / urls.length)));
  const of = async (url: string): Promise<readonly Socket[]> =>
    Promise.all(Array.from({ length: Math.ceil(SOCKETS / urls.length) }, () => openSocket(url)));
  const sockets = await Promise.all(urls.map(of));
  const lanes = posters.map(({ post }, nth) => ({ post, sockets: sockets[nth] ?? [] }));
  shop = { lanes: staysAtOne ? lanes : [{ post: byTurns(posters), sockets: sockets.flat() }], products };
  return undefined;
});
