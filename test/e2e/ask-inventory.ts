import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { tokenOf } from '../../harness/support/tokens.ts';
import { SCOPES } from '../../src/access/index.ts';

/** A request as raw as a client may send it. */
export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Asks an inventory-api over a connection of its own; as nobody, unless the headers say otherwise. */
export const askInventory = async (url: string, asked: Asked): Promise<Answered> => {
  const { method = 'GET', path, headers, body } = asked;
  const { promise, resolve, reject } = Promise.withResolvers<Answered>();
  // Of its own accord, Node says of the body of a GET neither how long it is nor that there is one.
  const length =
    body === undefined || headers?.['transfer-encoding'] ? {} : { 'content-length': Buffer.byteLength(body) };
  const sent = request(`${url}/`, { method, path, headers: { ...length, ...headers }, agent: false });
  sent.once('error', reject);
  sent.once('response', (response) => {
    const { statusCode: status = 0, headers: answered } = response;
    text(response).then((read) => resolve({ status, headers: answered, text: read }), reject);
  });
  sent.end(body);
  return promise;
};

const bearer = async (grant: Parameters<typeof tokenOf>[0]) => ({ authorization: `Bearer ${await tokenOf(grant)}` });

/** A service that may change stock, and one that may do everything else. */
export const WAREHOUSE = await bearer({ role: 'service', subject: 'warehouse', scopes: ['stock:write'] });
export const WITHOUT_SCOPE = await bearer({
  role: 'service',
  subject: 'warehouse',
  scopes: SCOPES.filter((scope) => scope !== 'stock:write'),
});

export const AS_JSON = { 'content-type': 'application/json' } as const;

export const stockPath = (productId: string): string => `/stock/products/${productId}`;

/** A change of the stock, by whoever may. */
export const moveOf = (
  direction: 'reduce' | 'increase',
  productId: string,
  { quantity, key, as = WAREHOUSE }: { readonly quantity: unknown; readonly key?: string; readonly as?: object },
): Asked => ({
  method: 'PUT',
  path: `${stockPath(productId)}/stock/${direction}`,
  headers: { ...AS_JSON, ...as, ...(key === undefined ? {} : { 'idempotency-key': key }) },
  body: JSON.stringify({ quantity }),
});
