import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerWith } from '../stage/answer.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** In a child process: serves HTTP on a free port, and tells whoever asks where. */
export const serve = async (listen: Listener): Promise<void> => {
  const server = createServer((request, response) => void listen(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  answerWith(async () => `http://127.0.0.1:${port}/graphql`);
};
