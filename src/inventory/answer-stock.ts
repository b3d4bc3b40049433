import type { IncomingMessage, ServerResponse } from 'node:http';
import { mayDo, subjectOf, type Viewer, writeReachOf } from '../access/index.ts';
import type { CommandContext } from '../commands/index.ts';
import { type Refusal, traceparentOf } from '../http/index.ts';
import { byDeadline, type Deadline, err, ok, type Result } from '../platform/index.ts';
import type { Saga, StockLevel, StockMove } from '../saga/index.ts';
import { readKey, readProductId, readQuantity } from './read-request.ts';
import { refusal, refusalOf } from './refusals.ts';

/** What this API is asked of the inventory. */
export type Inventory = Pick<Saga, 'moveStock' | 'productStock'>;

/** A request of somebody who was let in. */
export interface Asked {
  readonly request: IncomingMessage;
  readonly body: Buffer | null;
  readonly viewer: Viewer;
  readonly deadline: Deadline;
  readonly encodedId: string;
}

/** Where its units are. */
export type Stock = StockLevel;

type Answer = Result<Stock, Refusal>;

/** The members in one order, so that the same answer is the same text. */
const stockOf = ({ productId, available, reserved, sold }: StockLevel): Stock => ({
  productId,
  available,
  reserved,
  sold,
});

export const sendStock = (response: ServerResponse, stock: Stock): void => {
  const body = JSON.stringify(stock);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
};

/** The stock of a product. Anybody may look at the shelf, as over GraphQL. */
export const showStock = async (inventory: Inventory, { encodedId, deadline }: Asked): Promise<Answer> => {
  const productId = readProductId(encodedId);
  if (!productId.ok) return productId;
  const stock = await byDeadline(inventory.productStock(productId.value), deadline);
  return stock === null ? err(refusal('NOT_FOUND', `There is no product ${productId.value}.`)) : ok(stockOf(stock));
};

const SIGN_IN = refusal(
  'UNAUTHENTICATED',
  'Send authorization: Bearer, a space and a token with the scope stock:write.',
  {
    headers: { 'www-authenticate': 'Bearer' },
  },
);
const OTHER_SCOPE = refusal('FORBIDDEN', 'Stock is changed with a token that has the scope stock:write.');

/** Why the viewer may not change stock; null for who may. */
const objectionTo = (viewer: Viewer): Refusal | null => {
  if (viewer.kind === 'Nobody') return SIGN_IN;
  return mayDo(viewer, 'stock:write') ? null : OTHER_SCOPE;
};

const contextOf = ({ request, viewer, deadline }: Asked, idempotencyKey: string | null): CommandContext => ({
  idempotencyKey,
  traceparent: traceparentOf(request.headers['traceparent']),
  reach: writeReachOf(viewer),
  subject: subjectOf(viewer),
  deadline,
});

/** Moves units of a product; the stock after it. */
export const moveStock = async (inventory: Inventory, name: StockMove, asked: Asked): Promise<Answer> => {
  const objection = objectionTo(asked.viewer);
  if (objection !== null) return err(objection);
  const { headers } = asked.request;
  const [productId, key] = [readProductId(asked.encodedId), readKey(headers)];
  if (!key.ok) return key;
  const quantity = readQuantity(headers, asked.body);
  if (!quantity.ok) return quantity;
  if (!productId.ok) return productId;
  // The door takes whatever was sent, and says what would do.
  const input = { productId: productId.value, quantity: quantity.value as number };
  const moved = await byDeadline(inventory.moveStock({ name, input }, contextOf(asked, key.value)), asked.deadline);
  return moved.ok ? ok(stockOf(moved.value.stock)) : err(refusalOf(moved.error));
};
