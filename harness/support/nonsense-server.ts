import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface NonsenseServer extends AsyncDisposable {
  readonly port: number;
}

/** Answers whatever it is sent with these bytes, again and again. */
export const nonsenseServer = async (bytes: Buffer): Promise<NonsenseServer> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => socket.write(bytes));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

const message = (type: string, body: Buffer, told = body.length + 4): Buffer => {
  const head = Buffer.from(`${type}....`);
  head.writeInt32BE(told, 1);
  return Buffer.concat([head, body]);
};

/** What no PostgreSQL says, at least not then. */
export const NONSENSE_OF_POSTGRES: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['the answer of a web server', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['rows that nobody asked for', message('D', Buffer.from([0, 1, 0, 0, 0, 1, 0x31]))],
  ['a description of more columns than it has', message('T', Buffer.from([0xff, 0xff, 0x61]))],
  ['an authentication of no kind', message('R', Buffer.from([0, 0, 0, 99]))],
  ['a SASL step out of turn', message('R', Buffer.from([0, 0, 0, 11, 0x78]))],
  ['a length of less than itself', message('Z', Buffer.from('I'), 0)],
  ['a negative length', message('S', Buffer.from('x\0y\0'), -1)],
  ['a completion of nothing', message('C', Buffer.from('SELECT 1\0'))],
  ['a parse that nobody asked for', message('1', Buffer.alloc(0))],
  ['a copy', message('G', Buffer.from([0, 0, 9]))],
  ['a notification cut short', message('A', Buffer.from([0, 0]))],
  ['zeros', Buffer.alloc(1_000)],
];

/** What no Redis says. */
export const NONSENSE_OF_REDIS: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['the answer of a web server', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['lists within lists, 200,000 deep', Buffer.from('*1\r\n'.repeat(200_000))],
  ['a text of a negative length', Buffer.from('$-5\r\nx\r\n')],
  ['a list of a negative length', Buffer.from('*-7\r\n')],
  ['a list that cannot be', Buffer.from('*99999999999999\r\n')],
  ['a number that is none', Buffer.from(':x\r\n')],
  ['more answers than questions', Buffer.from('+OK\r\n'.repeat(1_000))],
  ['a message that nobody subscribed to', Buffer.from('*3\r\n$7\r\nmessage\r\n$1\r\nx\r\n$1\r\ny\r\n')],
  ['an empty error', Buffer.from('-\r\n')],
  ['nothing but ends of lines', Buffer.from('\r\n'.repeat(100))],
  ['zeros', Buffer.alloc(1_000)],
];
