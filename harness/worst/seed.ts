import type { Stage } from '../hostile/stage.ts';
import { eventually } from '../support/eventually.ts';
import { checkedAnswer } from './ask.ts';
import type { Seeded } from './candidates.ts';

const ORDERS = 100;
const LINES = 100;
const STEPS = 10_000;
const AT_ONCE = 30;
const WORKERS = 4;
const PATIENCE_MS = 120_000;

type Ask = (query: string) => Promise<Readonly<Record<string, { readonly id?: string }>>>;

/** As many as one request may have. */
const inPortions = async (ask: Ask, count: number, command: (nth: number) => string): Promise<void> => {
  for (let from = 0; from < count; from += AT_ONCE) {
    const nths = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, nth) => from + nth);
    await ask(`mutation { ${nths.map((nth) => `c${nth}: ${command(nth)}`).join(' ')} }`);
  }
};

const stockShelves = async (ask: Ask): Promise<void> => {
  const price = 'price: { amount: "1.50", currency: "EUR" }';
  await inPortions(
    ask,
    LINES,
    (nth) => `upsertProduct(input: { id: "prod_w${nth}", name: "Bell ${nth}", ${price} }) { __typename }`,
  );
  await inPortions(
    ask,
    LINES,
    (nth) => `adjustStock(input: { productId: "prod_w${nth}", delta: 1000 }) { __typename }`,
  );
};

const placeOrder = async (ask: Ask): Promise<string> => {
  const { createCart } = await ask('mutation { createCart { ... on Cart { id } } }');
  const cart = createCart?.id ?? '';
  await inPortions(
    ask,
    LINES,
    (nth) => `addCartItem(input: { cartId: "${cart}", productId: "prod_w${nth}" }) { __typename }`,
  );
  const { checkout } = await ask(`mutation { checkout(input: { cartId: "${cart}" }) { ... on Order { id } } }`);
  if (checkout?.id === undefined) throw new Error('A cart could not be checked out.');
  return checkout.id;
};

const placeOrders = async (ask: Ask): Promise<readonly string[]> => {
  const ids: string[] = [];
  const work = async (): Promise<void> => {
    while (ids.length < ORDERS) ids.push(await placeOrder(ask));
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return ids;
};

const STREAM = 'ecommerce.payments.events';

const saidOf = (orderId: string, nth: number): Readonly<Record<string, string>> => ({
  event_id: `event_worst_${nth}`,
  event_type: 'PaymentFailed',
  stream: STREAM,
  occurred_at: new Date().toISOString(),
  aggregate_type: 'Order',
  aggregate_id: orderId,
  correlation_id: orderId,
  producer: 'shop-payments',
  producer_instance: 'shop-payments-1',
  data: JSON.stringify({ order_id: orderId, reason: 'PAYMENT_DECLINED', message: 'Refused by hand.' }),
});

/** Said by another service, over and over. */
const sayOf = async ({ redis }: Stage, orderId: string): Promise<void> => {
  const pipeline = redis.pipeline();
  for (let nth = 0; nth < STEPS; nth += 1) pipeline.xadd(STREAM, '*', ...Object.entries(saidOf(orderId, nth)).flat());
  await pipeline.exec();
};

/** A hundred orders of a hundred lines, and one that is told ten thousand things. */
export const seed = async (stage: Stage): Promise<Seeded> => {
  const ask: Ask = (query) => checkedAnswer(stage.url, { query });
  await stockShelves(ask);
  const [largeOrderId = '', longOrderId = ''] = await placeOrders(ask);
  await sayOf(stage, longOrderId);
  await eventually(async () => {
    const { order } = await ask(`{ order(id: "${longOrderId}") { revision } }`);
    const { revision = 0 } = (order ?? {}) as { readonly revision?: number };
    if (revision < STEPS) throw new Error(`Of ${STEPS} steps, ${revision} are there.`);
  }, PATIENCE_MS);
  return { largeOrderId, longOrderId };
};
