import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { readCall } from './answer.ts';
import { Books } from './books.ts';
import { control } from './control.ts';
import { deliver } from './deliver.ts';
import { openLogFile } from './log-file.ts';
import { Luck, NO_TROUBLES, type Troubles } from './trouble.ts';

const HOST = '127.0.0.1';

const { values } = parseArgs({
  options: {
    log: { type: 'string' },
    port: { type: 'string', default: '0' },
  },
});

type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const listen = async (serve: Serve, port: string): Promise<string> => {
  const server = createServer((request, response) => {
    // The caller went away in the middle of its request.
    serve(request, response).catch(() => response.destroy());
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  server.listen(Number(port), HOST);
  await once(server, 'listening');
  return `http://${HOST}:${(server.address() as AddressInfo).port}`;
};

if (values.log === undefined) throw new Error('Say where the log is: --log <file>.');
const books = new Books(openLogFile(values.log));
const tokens = {
  writer: process.env['INVENTORY_TOKEN'] ?? 'writer',
  reader: process.env['INVENTORY_READER_TOKEN'] ?? 'reader',
};
let luck = new Luck(NO_TROUBLES);

const serve: Serve = async (request, response) => {
  const call = await readCall({ books, tokens }, request);
  const trouble = luck.draw();
  if (trouble !== null) books.note(trouble, call.key);
  await deliver({ call, response, luck }, trouble);
};

const trouble = (troubles: Troubles): void => {
  luck = new Luck(troubles);
};

const url = await listen(serve, values.port);
const controlUrl = await listen((...exchange) => control({ books, trouble }, ...exchange), '0');
console.log(JSON.stringify({ url, control: controlUrl }));

// Whoever started it holds its standard input: it ends with them, however they end.
process.stdin.on('end', () => process.exit(0)).resume();
