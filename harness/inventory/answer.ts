import type { IncomingMessage } from 'node:http';
import { refusalOf, type Tokens } from './admission.ts';
import type { Books } from './books.ts';
import { Refused, readChange } from './read-change.ts';
import { json, type Reply, replyTo, unknownProduct } from './reply.ts';
import { routeOf } from './route.ts';

/** A request that was read, and can be carried out: also twice, as by a proxy that sends it again. */
export interface Call {
  readonly key: string | null;
  readonly carryOut: () => Reply;
}

interface Shop {
  readonly books: Books;
  readonly tokens: Tokens;
}

const refused = (reply: Reply): Call => ({ key: null, carryOut: () => reply });

const read = async ({ books, tokens }: Shop, request: IncomingMessage): Promise<Call> => {
  const { method = '', url = '/', headers } = request;
  const refusal = refusalOf(headers.authorization, method, tokens);
  if (refusal !== null) return refused(refusal);
  const route = routeOf(method, url.split('?')[0] ?? '');
  const { productId } = route;
  if (route.type === 'Read') {
    const available = books.available(productId);
    return refused(available === null ? unknownProduct(productId) : json({ productId, available }));
  }
  const change = await readChange(request, route);
  return { key: change.key, carryOut: () => replyTo(productId, books.change(change)) };
};

/** Reads a request to its end. Nothing is changed before the call is carried out. */
export const readCall = async (shop: Shop, request: IncomingMessage): Promise<Call> => {
  try {
    return await read(shop, request);
  } catch (error) {
    if (error instanceof Refused) return refused(error.reply);
    throw error;
  }
};
