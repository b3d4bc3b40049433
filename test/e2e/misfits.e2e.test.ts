import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AS_OPERATOR, signedInAs } from '../../harness/support/tokens.ts';
import { accepted, CreateWebhookEndpointDocument } from '../../src/cli/client.ts';
import { type Leaf, leavesOfMutations, type Sound } from './inputs-of.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { fillCart, placeOrder, shelve } from './shop.ts';

let panier: TestPanier;
let sound: Sound;
let hookId: string;

beforeAll(async () => {
  panier = await startPanier();
  const client = panier.client();
  const productId = await shelve(client, 9);
  sound = {
    productId,
    paymentMethod: 'pm_card_visa',
    dryRun: true,
    cartId: await fillCart(client, [{ productId, quantity: 1 }]),
    orderId: await placeOrder(client, [{ productId, quantity: 1 }]),
    cartItemId: '1',
    quantity: 1,
    delta: 1,
    name: 'Camera',
    amount: '1.00',
    currency: 'EUR',
    reason: 'because',
    url: 'https://hooks.example/',
    sub: 'ann',
    visitorToken: 'none',
    endpointId: 'hook_1',
  };
  const hook = { url: 'https://hooks.example/' };
  hookId = accepted((await client.request(CreateWebhookEndpointDocument, { input: hook })).createWebhookEndpoint)
    .endpoint.id;
});
afterAll(() => panier[Symbol.asyncDispose]());

/** What does not fit, by the field's name; else by its type. */
const BAD: Readonly<Record<string, readonly unknown[]>> = {
  quantity: [-1, 100_000],
  delta: [0, 2_000_000_000],
  expectedVersion: [77],
  idempotencyKey: ['', 'k'.repeat(201)],
  customerId: ['zoë'],
  sub: ['zoë'],
  sessionId: ['', 's'.repeat(501)],
  currency: ['XXX'],
  amount: ['-1', '1.005', '10000000.01'],
  name: ['', ' ', 'n'.repeat(201)],
  reason: ['r'.repeat(501), 'a\0'],
  paymentMethod: ['', 'gold'],
  cartItemId: ['', 'item_1/1', '77'],
  url: ['nonsense', 'ftp://hooks.example', 'https://hooks.example/#1', `https://hooks.example/${'x'.repeat(2_000)}`],
  eventTypes: [[], ['OrderEaten']],
  overlapHours: [-1, 169],
  before: ['9999-01-01T00:00:00Z'],
};
const BY_TYPE: Readonly<Record<string, readonly unknown[]>> = {
  ID: ['nonsense', 'a b'],
  String: ['a\0b'],
  Int: [-2_147_483_648],
};

/** Where no schema says what would do: tokens and cursors, what a provider knows, what is already used. */
const ONLY_WORDS = ['after', 'visitorToken', 'paymentMethod', 'cartItemId', 'name', 'url', 'before'];

/** Words that belong to the inside. */
const INSIDE = /node_modules|\bat .*\.ts:\d+|TypeError|select |insert |redis|postgres|undefined|\[object/i;

interface Told {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
  readonly allowed?: object | null;
}

interface Body {
  readonly data?: Readonly<Record<string, Told | null>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Omit<Told, 'message'> }[];
}

/** What is told of the value in that place; null when it was taken. */
const toldOf = async (leaf: Leaf, value: unknown): Promise<Told | null> => {
  const viewer = leaf.mutation === 'claimCarts' ? await signedInAs('ann') : AS_OPERATOR;
  const response = await fetch(`${panier.url}/graphql`, {
    method: 'POST',
    headers: { ...viewer, 'content-type': 'application/json' },
    body: JSON.stringify({ query: leaf.document, variables: leaf.with(value) }),
  });
  const { data, errors = [] } = (await response.json()) as Body;
  const [error] = errors;
  if (error !== undefined) return { message: error.message, ...error.extensions };
  return data?.[leaf.mutation] ?? null;
};

const idFor = (mutation: string): unknown => {
  if (mutation.endsWith('DeadLetter')) return 'dead_1';
  return mutation === 'upsertProduct' ? sound['productId'] : hookId;
};

const leaves = (): readonly Leaf[] => leavesOfMutations((mutation) => ({ ...sound, id: idFor(mutation) }));
const nameOf = ({ path }: Leaf): string => path.findLast((part) => !/^\d+$/.test(part)) ?? '';
const badOf = (leaf: Leaf): readonly unknown[] =>
  BAD[nameOf(leaf)] ?? BY_TYPE[leaf.type.replaceAll(/[[\]!]/g, '')] ?? [];

const ajv = addFormats.default(new Ajv2020({ strict: false }));

const problemOf = (leaf: Leaf, value: unknown, told: Told | null): string | null => {
  if (told === null || !told.message) return 'was taken';
  const { code, message, path, allowed } = told;
  if (path?.slice(0, leaf.path.length).join('.') !== leaf.path.join('.'))
    return `${code} at ${String(path)}: ${message}`;
  if (INSIDE.test(message)) return message;
  if (code !== 'INVALID_INPUT' && code !== 'BAD_USER_INPUT') return null;
  if (!leaf.path.some((part) => part !== 'input' && message.includes(part)))
    return `does not name the field: ${message}`;
  if (allowed == null) return ONLY_WORDS.includes(nameOf(leaf)) ? null : `does not say what would do: ${message}`;
  return ajv.validate(allowed, value) && !ONLY_WORDS.includes(nameOf(leaf))
    ? `allows it: ${JSON.stringify(allowed)}`
    : null;
};

describe('a value that does not fit, wherever a mutation takes one', () => {
  it('is refused in words that name its place, and say what would do', async () => {
    const problems: string[] = [];
    let tried = 0;
    for (const leaf of leaves()) {
      for (const value of badOf(leaf)) {
        tried += 1;
        const problem = problemOf(leaf, value, await toldOf(leaf, value));
        if (problem !== null)
          problems.push(`${leaf.mutation} ${leaf.path.join('.')} ${JSON.stringify(value)}: ${problem}`);
      }
    }
    expect(problems).toEqual([]);
    expect(tried).toBeGreaterThan(60);
  });

  it('is told with its place when it is not even of its type', async () => {
    for (const leaf of leaves()) {
      const told = await toldOf(leaf, {});
      const path = leaf.path.join('.');
      expect([leaf.mutation, path, told?.code, told?.path?.join('.')]).toEqual([
        leaf.mutation,
        path,
        'BAD_USER_INPUT',
        path,
      ]);
    }
  });
});
