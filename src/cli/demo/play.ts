import {
  AddCartItemDocument,
  accepted,
  type CartFieldsFragment,
  CheckoutDocument,
  type Client,
  CreateCartDocument,
  type DemoStepFragment,
  FollowOrderDocument,
  type FollowOrderSubscription,
} from '../client.ts';
import { auditStock } from './audit-stock.ts';
import type { Line, Scenario } from './scenarios.ts';
import type { Product } from './shelf.ts';
import { type Numbers, watchStock } from './stock-watch.ts';
import { DemoFailure, within } from './within.ts';

/** What a person watches while a saga is played. */
export interface Audience {
  readonly cart: (cart: CartFieldsFragment, lines: readonly Line[]) => void;
  readonly order: (orderId: string) => void;
  readonly step: (step: DemoStepFragment, elapsedMs: number) => void;
  readonly stock: (
    product: Product,
    stock: { readonly before: Numbers; readonly held: Numbers | null; readonly after: Numbers },
  ) => void;
}

/** A saga that takes longer has gone wrong. */
const SAGA_MS = 30_000;
const STOCK_MS = 5_000;

type OrderNow = FollowOrderSubscription['orderStatus']['order'];

const fill = async (client: Client, lines: readonly Line[]): Promise<CartFieldsFragment> => {
  const currency = lines[0]?.product.price.currency ?? 'EUR';
  let cart: CartFieldsFragment = accepted(
    (await client.request(CreateCartDocument, { input: { currency } })).createCart,
  );
  for (const { product, quantity } of lines) {
    const input = { cartId: cart.id, productId: product.id, quantity };
    cart = accepted((await client.request(AddCartItemDocument, { input })).addCartItem);
  }
  return cart;
};

/** Follows the order to its end. The first update is the order as it is: what it has been through comes with it. */
const follow = async (client: Client, orderId: string, onStep: (step: DemoStepFragment) => void): Promise<OrderNow> => {
  let last: OrderNow | undefined;
  for await (const { orderStatus } of client.watch(FollowOrderDocument, { id: orderId })) {
    last = orderStatus.order;
    for (const step of orderStatus.step === null ? last.steps : [orderStatus.step]) onStep(step);
  }
  if (last === undefined) throw new DemoFailure(`Nothing was heard of ${orderId}`);
  return last;
};

export const endingProblems = ({ status, failure }: OrderNow, { ending }: Scenario): readonly string[] => {
  const reason = failure?.reason ?? null;
  if (status === ending.status && reason === ending.reason) return [];
  return [`ended ${status} (${reason ?? 'no failure'}) instead of ${ending.status} (${ending.reason ?? 'no failure'})`];
};

/** Buys what the scenario says before the audience, and follows the order to its end. */
export const buy = async (client: Client, scenario: Scenario, audience: Audience): Promise<OrderNow> => {
  const cart = await fill(client, scenario.lines);
  audience.cart(cart, scenario.lines);
  const input = { cartId: cart.id, paymentMethod: scenario.paymentMethod };
  const startedAt = performance.now();
  const { id } = accepted((await client.request(CheckoutDocument, { input })).checkout);
  audience.order(id);
  const onStep = (step: DemoStepFragment): void => audience.step(step, performance.now() - startedAt);
  return within(SAGA_MS, `${id} did not end`, follow(client, id, onStep));
};

/** Plays one saga for the audience. Returns what went otherwise than it should; nothing, when all is well. */
export const play = async (client: Client, scenario: Scenario, audience: Audience): Promise<readonly string[]> => {
  const stock = watchStock(
    client,
    scenario.lines.map(({ product }) => product.id),
  );
  await within(STOCK_MS, 'The stock did not come', stock.started);
  const order = await buy(client, scenario, audience);
  const problems = [...endingProblems(order, scenario)];
  const audits = scenario.lines.map(async (line) => {
    const [before = line.product, ...later] = stock.seenOf(line.product.id);
    return { line, audit: await auditStock(client, { line, ending: scenario.ending, before, later }) };
  });
  for (const { line, audit } of await Promise.all(audits)) {
    audience.stock(line.product, audit);
    problems.push(...audit.problems);
  }
  return problems;
};
