import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admission } from '../../access/index.ts';

export type { Answering } from '../../http/index.ts';

/** Answers a request of somebody who was let in. */
export type AnsweringTo = (
  request: IncomingMessage,
  response: ServerResponse,
  asked: { readonly body: Buffer | null; readonly admission: Admission },
) => unknown;
