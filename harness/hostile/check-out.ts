import { createClient as createSseClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { eventually } from '../support/eventually.ts';
import { AS_OPERATOR } from '../support/tokens.ts';

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: unknown;
}

interface Operation extends Record<string, unknown> {
  readonly query: string;
}

/** One way to ask panier something. */
export type Lane = (operation: Operation) => Promise<Answer>;

const post =
  (url: string, chunked: boolean): Lane =>
  async (operation) => {
    const text = JSON.stringify(operation);
    // A body of unknown length is sent in chunks.
    const body = chunked ? new Blob([text]).stream() : text;
    const headers = { ...AS_OPERATOR, 'content-type': 'application/json' };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body,
      ...(chunked && { duplex: 'half' }),
    });
    return (await response.json()) as Answer;
  };

const first = async (answers: AsyncIterableIterator<unknown>): Promise<Answer> => {
  const { value } = (await answers.next()) as { value: Answer };
  await answers.return?.();
  return value;
};

/** Every way, by its name. */
export const lanesOf = (url: string): Readonly<Record<string, Lane>> => ({
  HTTP: post(url, false),
  'HTTP in chunks': post(url, true),
  WebSocket: async (operation) => {
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: AS_OPERATOR,
      retryAttempts: 0,
    });
    const answer = await first(client.iterate(operation));
    await client.dispose();
    return answer;
  },
  'server-sent events': async (operation) => {
    const client = createSseClient({ url: `${url}/graphql`, headers: AS_OPERATOR, retryAttempts: 0 });
    const answer = await first(client.iterate(operation));
    client.dispose();
    return answer;
  },
});

const idIn = ({ data, errors }: Answer, field: string): string => {
  const { id } = (data?.[field] ?? {}) as { readonly id?: string };
  if (id === undefined) throw new Error(`${field} answered ${JSON.stringify({ data, errors })}`);
  return id;
};

const PRODUCT = 'prod_hostile';
const SHELVE = `mutation { upsertProduct(input: { id: "${PRODUCT}", name: "Bell", price: { amount: "1.50", currency: "EUR" } }) { ... on Product { id } } }`;
const STOCK = `mutation { adjustStock(input: { productId: "${PRODUCT}", delta: 1 }) { ... on Product { id } } }`;
const CART = 'mutation { createCart { ... on Cart { id } } }';
const add = (cartId: string): string =>
  `mutation { addCartItem(input: { cartId: "${cartId}", productId: "${PRODUCT}" }) { ... on Cart { id } } }`;
const pay = (cartId: string): string =>
  `mutation { checkout(input: { cartId: "${cartId}", paymentMethod: "pm_card_visa" }) { ... on Order { id } } }`;
const statusOf = (orderId: string): string => `{ order(id: "${orderId}") { id status } }`;

/** Sells one product, from the shelf to CONFIRMED, by that way alone. @throws when it does not come to that */
export const checkOutBy = async (lane: Lane, withinMs = 15_000): Promise<void> => {
  const ask = async (query: string, field: string): Promise<string> => idIn(await lane({ query }), field);
  await ask(SHELVE, 'upsertProduct');
  await ask(STOCK, 'adjustStock');
  const cartId = await ask(CART, 'createCart');
  await ask(add(cartId), 'addCartItem');
  const orderId = await ask(pay(cartId), 'checkout');
  await eventually(async () => {
    const { data } = await lane({ query: statusOf(orderId) });
    const { status } = (data?.['order'] ?? {}) as { readonly status?: string };
    if (status !== 'CONFIRMED') throw new Error(`${orderId} is ${status}`);
  }, withinMs);
};
