import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { ownMs } from '../../harness/support/own-time.ts';
import { AS_OPERATOR, signedInAs } from '../../harness/support/tokens.ts';
import { accepted, CreateWebhookEndpointDocument } from '../../src/cli/client.ts';
import { newId, STREAMS } from '../../src/events/index.ts';
import { type Given, listsIn, type Place, placesIn } from './arguments-of.ts';
import { askAt, codesIn } from './ask-at.ts';
import { forgeriesOf, valuesFor, written } from './hostile-values.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { fillCart, placeOrder, reaches, shelve } from './shop.ts';

let panier: TestPanier;
let given: Given;
let tokens: Readonly<Record<string, string>>;

/** Lists that have nothing here; their tokens are written by hand. */
const EMPTY = ['stuckOrders', 'contradictions'];

const prepare = async (): Promise<void> => {
  const client = panier.client();
  const productId = await shelve(client, 9);
  const orderId = await placeOrder(client, [{ productId, quantity: 1 }]);
  const id = await fillCart(client, [{ productId, quantity: 1 }]);
  await reaches(client, orderId, 'AWAITING_PAYMENT');
  await panier.redis.xadd(STREAMS.carts, '*', 'hello', 'world');
  const hook = { url: 'https://hooks.example/', eventTypes: ['DeadLetterDiscarded'] };
  accepted((await client.request(CreateWebhookEndpointDocument, { input: hook })).createWebhookEndpoint);
  given = { id, ids: [id], orderId, cartId: id, productIds: [productId], olderThanSeconds: 0 };
  const lists = [...listsIn(given)].filter(([name]) => !EMPTY.includes(name)).map(([, selection]) => selection);
  const query = `{ ${lists.join(' ')}
    cart(id: "${id}") { consistencyToken } order(id: "${orderId}") { consistencyToken } }`;
  tokens = await eventually(async () => {
    const response = await fetch(`${panier.url}/graphql?query=${encodeURIComponent(query)}`, { headers: AS_OPERATOR });
    const { data } = (await response.json()) as { data: Readonly<Record<string, unknown>> };
    const found = Object.entries(data).map(([name, value]) => [
      name,
      /"(?:cursor|consistencyToken)":"([\w-]+)"/.exec(JSON.stringify(value))?.[1] ?? '',
    ]);
    const all = Object.fromEntries(found) as Record<string, string>;
    expect(Object.values(all)).not.toContain('');
    const createdAt = Date.now();
    return {
      ...all,
      stuckOrders: written(`stuck:${createdAt}.${orderId}`),
      contradictions: written(`contradictions:1.${orderId}`),
      orderStatus: written(`1.${orderId}`),
    };
  });
};

beforeAll(async () => {
  panier = await startPanier();
  await prepare();
});
afterAll(() => panier[Symbol.asyncDispose]());

/** What is no one cart or order takes the token of any; endpoints of webhooks are not the read side's. */
const TAKING_ANY = ['nodes', 'product', 'stats', ...listsIn({}).keys()].filter((field) => field !== 'webhookEndpoints');

/** Whose token each argument takes that takes one. */
const TOKENS: Readonly<Record<string, string | readonly string[]>> = {
  ...Object.fromEntries(TAKING_ANY.map((field) => [`Query.${field}.consistentWith`, ['cart', 'order']])),
  'Query.cart.consistentWith': 'cart',
  'Query.order.consistentWith': 'order',
  ...Object.fromEntries(
    [...listsIn({}).keys()].flatMap((list) => [
      [`Query.${list}.after`, list],
      [`Query.${list}.before`, list],
    ]),
  ),
  'Subscription.orderStatus.after': 'orderStatus',
  'Subscription.events.after': 'events',
};

const places = (): readonly Place[] => placesIn(given);
const takesToken = ({ name }: Place): boolean => /\.(after|before|consistentWith|cursor|token)$/i.test(name);

/** All of them, some at a time. */
const each = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  const waiting = items.values();
  const lane = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: 16 }, lane));
};

/** Of a variable that does not fit its type, the path begins with the variable's name. */
const isWithin = ({ name }: Place, [variable = '', ...rest]: readonly string[]): boolean => {
  const [, , argument = '', ...inner] = name.split('.');
  const isNamed = variable === argument || variable === 'value';
  return isNamed && inner.every((part, index) => rest[index] === part || rest.length === 0);
};

const FINE = ['BAD_USER_INPUT', 'NOT_FOUND', 'PAGE_TOO_LARGE', 'TOO_COSTLY', 'VARIABLES_TOO_LARGE'];

describe('an argument that takes a token', () => {
  it('is known here, whichever the schema has', () => {
    const named = places().filter(takesToken);
    expect(named.map(({ name }) => name).toSorted()).toEqual(Object.keys(TOKENS).toSorted());
  });

  it('takes those of its own kind, and refuses every other one as bad input', async () => {
    const tried = places()
      .filter(takesToken)
      .flatMap((place) =>
        [...Object.values(tokens), ...forgeriesOf(Object.values(tokens))].map((token) => ({ place, token })),
      );
    await each(tried, async ({ place, token }) => {
      const own = [TOKENS[place.name] ?? []].flat().map((name) => tokens[name]);
      const isOrder = place.name.startsWith('Query.order.');
      const { codes } = await askAt(panier.url, isOrder ? { ...place, document: atOrder(place) } : place, token);
      expect([place.name, token, codes]).toEqual([place.name, token, own.includes(token) ? [] : ['BAD_USER_INPUT']]);
    });
  });
});

const atOrder = ({ document }: Place): string => document.replace(String(given['id']), String(given['orderId']));

describe('any argument of a query or a subscription', () => {
  it('is taken, or refused in words that name the client as the cause', async () => {
    const sensible = [...Object.values(given).map(String), ...Object.values(tokens)];
    const tried = places().flatMap((place) => valuesFor(place, sensible).map((value) => ({ place, value })));
    expect(tried.length).toBeGreaterThan(500);
    await each(tried, async ({ place, value }) => {
      const { status, codes, paths } = await askAt(panier.url, place, value);
      const shown = [place.name, JSON.stringify(value)?.slice(0, 100)];
      expect([...shown, status < 500, codes.filter((code) => !FINE.includes(code))]).toEqual([...shown, true, []]);
      expect([...shown, paths.filter((path) => !isWithin(place, path))]).toEqual([...shown, []]);
    });
  });

  it('is refused where first and last stand together', async () => {
    for (const selection of listsIn(given).values()) {
      const query = `{ ${selection.replace('first: 1', 'first: 1, last: 1')} }`;
      const response = await fetch(`${panier.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: AS_OPERATOR,
      });
      expect(codesIn(await response.text())).toEqual(['BAD_USER_INPUT']);
    }
  });
});

describe('consistentWith', () => {
  it.each(['cart', 'order'])("of a %s that is not the viewer's, or not there, does not wait", async (kind) => {
    const known = String(given[kind === 'cart' ? 'id' : 'orderId']);
    const theirs = kind === 'cart' ? await fillCart(panier.client(), [], { customerId: 'somebody' }) : null;
    for (const id of [theirs ?? newId('Order'), newId(kind === 'cart' ? 'Cart' : 'Order')]) {
      expect(id).not.toBe(known);
      const query = `{ ${kind}(id: "${id}", consistentWith: "${written(`v999.${id}`)}") { __typename } }`;
      const tookMs = await ownMs(async () => {
        const response = await fetch(`${panier.url}/graphql?query=${encodeURIComponent(query)}`, {
          headers: await signedInAs('somebody-else'),
        });
        expect(await response.json()).toEqual({ data: { [kind]: null } });
      });
      expect(tookMs).toBeLessThan(1_000);
    }
  });
});
