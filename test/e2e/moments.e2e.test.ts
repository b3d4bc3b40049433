import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { DEFAULT_LIMITS } from '../../src/platform/index.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { fillCart, shelve } from './shop.ts';

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly revision: number;
  readonly steps: readonly { readonly status: string }[];
}

const ORDER = 'id status revision steps { status }';
const REFUSAL = '... on UserError { message }';

let panier: TestPanier;
let productId: string;
beforeAll(async () => {
  // Two hundred operations at once are all to be answered, however long that takes.
  panier = await startPanier({ limits: { ...DEFAULT_LIMITS, operationMs: 30_000 } });
  productId = await shelve(panier.client(), 10_000);
});
afterAll(() => panier[Symbol.asyncDispose]());

const ask = async (query: string): Promise<unknown> => {
  const response = await fetch(`${panier.url}/graphql`, {
    method: 'POST',
    headers: { ...AS_OPERATOR, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
};

/** Every order in an answer, wherever it stands. */
const ordersIn = (value: unknown): readonly Shown[] => {
  if (typeof value !== 'object' || value === null) return [];
  return 'steps' in value ? [value as Shown] : Object.values(value).flatMap(ordersIn);
};

const expectOneMoment = (answers: readonly unknown[]): void => {
  for (const order of answers.flatMap(ordersIn)) {
    expect(order.steps).toHaveLength(order.revision);
    expect([order.id, order.status]).toEqual([order.id, order.steps.at(-1)?.status ?? order.status]);
  }
};

const checkOut = (cartId: string, method = ''): Promise<unknown> =>
  ask(`mutation { checkout(input: { cartId: "${cartId}" ${method} }) { ... on Order { ${ORDER} } ${REFUSAL} } }`);

const readAll = (cartId: string, orderId: string): Promise<unknown> =>
  ask(`{ cart(id: "${cartId}") { order { ${ORDER} } } order(id: "${orderId}") { ${ORDER} }
    first: order(id: "${orderId}", atRevision: 1) { ${ORDER} } node(id: "${orderId}") { ... on Order { ${ORDER} } }
    orders(first: 5) { edges { node { ${ORDER} } } } }`);

const act = (command: 'payOrder' | 'cancelOrder', orderId: string): Promise<unknown> => {
  const method = command === 'payOrder' ? 'paymentMethod: "pm_card_visa"' : '';
  return ask(
    `mutation { ${command}(input: { orderId: "${orderId}" ${method} }) { ... on Order { ${ORDER} } ${REFUSAL} } }`,
  );
};

const onceAround = async (nth: number): Promise<readonly unknown[]> => {
  const cartId = await fillCart(panier.client(), [{ productId, quantity: 1 }]);
  const first = await checkOut(cartId, nth % 2 === 0 ? 'paymentMethod: "pm_card_visa"' : '');
  const orderId = ordersIn(first)[0]?.id ?? '';
  const command = nth % 3 === 0 ? 'cancelOrder' : 'payOrder';
  const rest = await Promise.all([
    checkOut(cartId),
    readAll(cartId, orderId),
    act(command, orderId),
    readAll(cartId, orderId),
    act(command, orderId),
    checkOut(cartId),
  ]);
  return [first, ...rest, await readAll(cartId, orderId)];
};

describe('an order', () => {
  it('is of one moment in every answer that shows it, while commands race with the read side', async () => {
    const answers = (await Promise.all(Array.from({ length: 30 }, (_, nth) => onceAround(nth)))).flat();
    expect(answers.flatMap(ordersIn).filter(({ revision }) => revision > 1).length).toBeGreaterThan(100);
    expectOneMoment(answers);
  });

  it('that a command answers with shows what the command did among its steps', async () => {
    for (let nth = 0; nth < 5; nth += 1) {
      const [order] = ordersIn(await checkOut(await fillCart(panier.client(), [{ productId, quantity: 1 }])));
      expect(order).toMatchObject({ status: 'PENDING', revision: 1, steps: [{ status: 'PENDING' }] });
    }
  });
});
