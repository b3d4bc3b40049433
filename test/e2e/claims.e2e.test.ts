import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { ownMs } from '../../harness/support/own-time.ts';
import { customerToken, OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { CartDocument, type Client, connect, OrderDocument, OrdersDocument } from '../../src/cli/client.ts';
import { expectSound } from './invariants.ts';
import { startPanier, type TestInstance, type TestPanier } from './panier.ts';
import { fillCart, placeOrder, reaches, shelve } from './shop.ts';

let panier: TestPanier;
let second: TestInstance;
let operator: Client;
let productIds: readonly string[];

beforeAll(async () => {
  panier = await startPanier();
  second = await panier.another();
  operator = panier.client();
  productIds = await Promise.all(Array.from({ length: 65 }, () => shelve(operator, 20)));
});
afterAll(() => panier[Symbol.asyncDispose]());

const SOON = { timeout: 5_000 };

type Data = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const ask = async (url: string, query: string, token?: Promise<string> | string) => {
  const headers = token === undefined ? {} : { authorization: `Bearer ${await token}` };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { readonly data?: Data; readonly errors?: readonly unknown[] };
};

interface StartedVisit extends AsyncDisposable {
  readonly token: string;
  readonly visitor: Client;
}

const startVisit = async (): Promise<StartedVisit> => {
  const { data } = await ask(panier.url, 'mutation { startVisit { ... on Visit { token } } }');
  const token = String(data?.['startVisit']?.['token']);
  const visitor = connect({ url: panier.url, token });
  return { token, visitor, [Symbol.asyncDispose]: () => visitor[Symbol.asyncDispose]() };
};

const CART = 'id customerId version status totalItems items { productId quantity } mergedInto { id }';
const claim = async (visitorToken: string, customerId: string, { url } = panier as TestInstance) => {
  const query = `mutation { claimCarts(visitorToken: "${visitorToken}") {
    ... on ClaimedCarts { cart { ${CART} } otherCarts { ${CART} } }
    ... on UserError { code }
  } }`;
  const { data, errors } = await ask(url, query, customerToken(customerId));
  expect(errors).toBeUndefined();
  return data?.['claimCarts'];
};

const ordersOf = async (client: Client): Promise<readonly unknown[]> =>
  (await client.request(OrdersDocument, {})).orders.edges.map(({ node }) => node.id);

describe('a customer who claims a visit', () => {
  it('has its order and its cart of 65 lines, and nobody else has', async () => {
    await using visit = await startVisit();
    const { token, visitor } = visit;
    const orderId = await placeOrder(visitor, [{ productId: productIds[0] ?? '', quantity: 1 }]);
    await reaches(visitor, orderId, 'AWAITING_PAYMENT');
    const cartId = await fillCart(
      visitor,
      productIds.map((productId) => ({ productId, quantity: 2 })),
    );
    const [ada, bob] = [panier.client({ customerId: 'ada' }), panier.client({ customerId: 'bob' })];
    const own = await fillCart(ada, [{ productId: productIds[0] ?? '', quantity: 3 }]);
    expect(await ordersOf(ada)).toEqual([]);
    expect(await claim(token, 'ada')).toMatchObject({
      cart: { id: own, customerId: 'ada', status: 'OPEN', totalItems: 133 },
      otherCarts: [],
    });
    // The claim is on disk; what is read is a little older, and each of its events comes by itself.
    const cartOf = async (client: Client) => (await client.request(CartDocument, { id: cartId })).cart;
    await expect.poll(() => ordersOf(ada), SOON).toEqual([orderId]);
    for (const client of [ada, operator]) {
      expect((await client.request(OrderDocument, { id: orderId })).order).toMatchObject({ customerId: 'ada' });
      await expect.poll(() => cartOf(client), SOON).toMatchObject({ customerId: 'ada', items: [] });
    }
    expect((await bob.request(OrderDocument, { id: orderId })).order).toBeNull();
    expect(await claim(token, 'bob')).toEqual({ code: 'VISIT_CLAIMED' });
  });

  it('is named by what commands and lists answer, theirs and an operator’s', async () => {
    await using visit = await startVisit();
    const { token, visitor } = visit;
    const lines = [{ productId: productIds[0] ?? '', quantity: 1 }];
    const orderId = await placeOrder(visitor, lines);
    const cartId = await fillCart(visitor, lines);
    await claim(token, 'fay');
    const commands = [
      `addCartItem(input: { cartId: "${cartId}", productId: "${productIds[1]}", quantity: 1 }) { ... on Cart { customerId } }`,
      `cancelOrder(input: { orderId: "${orderId}" }) { ... on Order { customerId } }`,
      `checkout(input: { cartId: "${cartId}" }) { ... on Order { customerId } }`,
    ];
    for (const command of commands)
      for (const asking of [customerToken('fay'), OPERATOR_TOKEN]) {
        const { data } = await ask(second.url, `mutation { answer: ${command} }`, asking);
        // Who cancels second is told that it is closed.
        const isCancelledAlready = command.startsWith('cancelOrder') && asking === OPERATOR_TOKEN;
        expect(data?.['answer']).toEqual(isCancelledAlready ? {} : { customerId: 'fay' });
      }
    await eventually(async () => {
      const { data } = await ask(panier.url, '{ orders { edges { node { customerId } } } }', customerToken('fay'));
      expect(data?.['orders']?.['edges']).toEqual([1, 2].map(() => ({ node: { customerId: 'fay' } })));
    });
  });

  it('ends the visit: its token is refused in every process within a second', async () => {
    await using visit = await startVisit();
    const { token } = visit;
    expect((await ask(second.url, '{ orders { edges { node { id } } } }', token)).errors).toBeUndefined();
    await claim(token, 'cleo');
    const isRefused = async () => {
      const { errors } = await ask(second.url, '{ orders { edges { node { id } } } }', token);
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    };
    expect(await ownMs(() => eventually(isRefused))).toBeLessThan(1_000);
  });

  it('has nothing of a token that was revoked before, in whose hands it may be', async () => {
    await using visit = await startVisit();
    const { token, visitor } = visit;
    await fillCart(visitor, [{ productId: productIds[0] ?? '', quantity: 1 }]);
    const revoking = `mutation { revokeTokens(sub: "${decodeJwt(token).sub}") { __typename } }`;
    expect((await ask(panier.url, revoking, OPERATOR_TOKEN)).data?.['revokeTokens']).toBeDefined();
    await eventually(async () => expect((await ask(second.url, '{ __typename }', token)).errors).toBeDefined());
    for (const instance of [panier, second])
      expect(await claim(token, 'eve', instance)).toEqual({ code: 'INVALID_INPUT' });
  });

  it('loses and doubles nothing, however often and wherever it is said at once', async () => {
    await using visit = await startVisit();
    const { token, visitor } = visit;
    for (const quantity of [1, 2, 4]) await fillCart(visitor, [{ productId: productIds[quantity] ?? '', quantity }]);
    const claims = Array.from({ length: 12 }, (_, nth) => claim(token, 'dora', nth % 2 === 0 ? panier : second));
    for (const claimed of await Promise.all(claims)) expect(claimed).toMatchObject({ otherCarts: [] });
    expect(await claim(token, 'dora', second)).toMatchObject({ cart: { totalItems: 7 }, otherCarts: [] });
    await expectSound(panier.db);
  });
});
