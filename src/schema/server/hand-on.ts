import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

/** Yoga, as something that answers Node's requests. */
export type Yoga = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Hands a request on to Yoga, whose body was read already. */
export const handOn =
  (yoga: Yoga) =>
  (request: IncomingMessage, response: ServerResponse, body: Buffer | null): unknown =>
    // Where frameworks put a body that they have read, and where Yoga looks for one.
    yoga(body === null ? request : Object.assign(request, { body: Readable.from([body]) }), response);
