import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { answerWith } from '../stage/answer.ts';

/** Where nobody takes anything: nobody listens, nobody answers, and every answer is 500. */
export interface DeadUrls {
  readonly refusing: string;
  readonly hanging: string;
  readonly failing: string;
}

const listening = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
};

const gone = createTcpServer();
const refusing = await listening(gone);
gone.close();
const hanging = await listening(createTcpServer((socket) => void socket.on('error', () => undefined).resume()));
const failing = await listening(
  createServer((request, response) => void request.resume().once('end', () => response.writeHead(500).end())),
);

answerWith(async (): Promise<DeadUrls> => ({ refusing, hanging, failing }));
