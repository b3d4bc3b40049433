import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';

/** A balancer that gives each request, and each WebSocket, to the next of its servers, whoever asks. */
export interface RoundRobin extends AsyncDisposable {
  /** Without a path. */
  readonly url: string;
  /** How many requests and WebSockets each server was given. */
  readonly given: () => readonly number[];
  /** Every connection ends, at both ends. */
  readonly cut: () => void;
}

interface Target {
  readonly url: URL;
  given: number;
}

const forward = ({ hostname, port }: URL, incoming: IncomingMessage, answer: ServerResponse): void => {
  const { method, url: path, headers } = incoming;
  const outgoing = request({ hostname, port, method, path, headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
    response.on('error', () => answer.destroy());
  });
  outgoing.on('error', () => answer.destroy());
  answer.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
};

const headOf = ({ method, url: path, rawHeaders }: IncomingMessage): string => {
  const lines = rawHeaders.flatMap((name, nth) => (nth % 2 === 0 ? [`${name}: ${rawHeaders[nth + 1]}`] : []));
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
};

const tunnel = ({ hostname, port }: URL, incoming: IncomingMessage, socket: Socket): void => {
  const other = connect(Number(port), hostname);
  other.write(headOf(incoming));
  for (const [one, another] of [
    [socket, other],
    [other, socket],
  ] as const) {
    one.on('error', () => another.destroy());
    one.on('close', () => another.destroy());
    one.pipe(another);
  }
};

/** Listens on loopback, on a free port. */
export const startRoundRobin = async (urls: readonly string[]): Promise<RoundRobin> => {
  const targets: readonly Target[] = urls.map((url) => ({ url: new URL(url), given: 0 }));
  let turns = 0;
  const next = (): URL => {
    const target = targets[turns % targets.length];
    if (target === undefined) throw new Error('There is no server.');
    turns += 1;
    target.given += 1;
    return target.url;
  };
  const sockets = new Set<Socket>();
  const server = createServer((incoming, answer) => forward(next(), incoming, answer));
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket) => tunnel(next(), incoming, socket));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The balancer does not listen.');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    given: () => targets.map(({ given }) => given),
    cut,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
};
