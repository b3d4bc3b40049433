import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admission } from '../../access/index.ts';

/** Answers a request whose body, where it has one, was read already. What it throws or rejects with is a defect. */
export type Answering = (request: IncomingMessage, response: ServerResponse, body: Buffer | null) => unknown;

/** Answers a request of somebody who was let in. */
export type AnsweringTo = (
  request: IncomingMessage,
  response: ServerResponse,
  asked: { readonly body: Buffer | null; readonly admission: Admission },
) => unknown;
