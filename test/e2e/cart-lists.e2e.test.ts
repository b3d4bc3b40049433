import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { signedInAs } from '../../harness/support/tokens.ts';
import { AddCartItemDocument, accepted } from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { fillCart, shelve } from './shop.ts';

let panier: TestPanier;
let productId: string;
/** In the order of their creation: what is put into one later does not move it. */
let carts: Readonly<Record<'ofBob' | 'ofAda' | 'ordered', string>>;

beforeAll(async () => {
  panier = await startPanier();
  productId = await shelve(panier.client(), 9);
  const [ada, bob] = ['ada', 'bob'].map((customerId) => panier.client({ customerId }));
  if (ada === undefined || bob === undefined) throw new Error('A client is missing.');
  const ofBob = await fillCart(bob, []);
  const ofAda = await fillCart(ada, [{ productId, quantity: 1 }]);
  const ordered = await fillCart(ada, [{ productId, quantity: 2 }]);
  await ask('ada', `mutation { checkout(input: { cartId: "${ordered}" }) { __typename } }`);
  accepted((await bob.request(AddCartItemDocument, { input: { cartId: ofBob, productId, quantity: 1 } })).addCartItem);
  carts = { ofBob, ofAda, ordered };
});
afterAll(() => panier[Symbol.asyncDispose]());

interface Answer {
  readonly data: { readonly carts: { readonly edges: readonly { readonly node: { readonly id: string } }[] } };
}

/** As a customer, or as an operator. */
const ask = async (customerId: string | null, query: string): Promise<Answer> => {
  const response = await fetch(`${panier.url}/graphql`, {
    method: 'POST',
    headers: { ...(await signedInAs(customerId)), 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
};

const idsFor = async (customerId: string | null, args: string): Promise<readonly string[]> =>
  (
    await ask(customerId, `{ carts(first: 10${args}) { edges { node { id createdAt updatedAt } } } }`)
  ).data.carts.edges.map(({ node }) => node.id);

describe('the list of carts', () => {
  it('shows operators every cart, the newest first', async () => {
    const { ofAda, ordered, ofBob } = carts;
    const openOfProduct = `, status: [OPEN], filter: { productId: "${productId}" }`;
    await eventually(async () => expect(await idsFor(null, openOfProduct)).toEqual([ofAda, ofBob]));
    await eventually(async () => expect(await idsFor(null, ', status: [CHECKED_OUT]')).toEqual([ordered]));
    expect(await idsFor(null, '')).toEqual([ordered, ofAda, ofBob]);
    expect(await idsFor(null, ', filter: { customerId: "ada" }')).toEqual([ordered, ofAda]);
    expect(await idsFor(null, ', filter: { until: "2026-01-01T00:00:00Z" }')).toEqual([]);
  });

  it('shows a customer their own alone, whatever they ask for', async () => {
    const { ofAda, ordered, ofBob } = carts;
    expect(await idsFor('ada', '')).toEqual([ordered, ofAda]);
    expect(await idsFor('bob', '')).toEqual([ofBob]);
    expect(await idsFor('bob', ', filter: { customerId: "ada" }')).toEqual([]);
  });
});
