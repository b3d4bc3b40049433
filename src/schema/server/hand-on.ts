import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Admission } from '../../access/index.ts';
import type { AnsweringTo } from './answering.ts';

/** What Yoga's context is made of, beside the request. */
export interface ServedTo {
  readonly admission: Admission;
}

/** Yoga, as something that answers Node's requests. */
export type Yoga = (request: IncomingMessage, response: ServerResponse, served: ServedTo) => unknown;

/** Hands a request on to Yoga, whose body was read already. */
export const handOn =
  (yoga: Yoga): AnsweringTo =>
  (request, response, { body, admission }) => {
    // Where frameworks put a body that they have read, and where Yoga looks for one.
    const whole = body === null ? request : Object.assign(request, { body: Readable.from([body]) });
    return yoga(whole, response, { admission });
  };
