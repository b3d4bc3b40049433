import { connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server on this machine, and may lose what the server answers. */
export type TcpProxy = AsyncDisposable & {
  /** The server's URL, by way of the proxy. */
  readonly url: string;
  /** The next answer is lost, and its connection with it. */
  readonly loseNextAnswer: () => void;
  /** Every nth answer is lost, and its connection with it; 0: none. */
  readonly loseEvery: (nth: number) => void;
  readonly answersLost: () => number;
  /** The next answer comes as these bytes instead, on whichever connection it is. */
  readonly replaceNextAnswer: (bytes: Buffer) => void;
  /** Of the next answer only so many bytes come, and its connection ends. */
  readonly cutNextAnswer: (afterBytes: number) => void;
  /** Every connection ends, at both ends. */
  readonly cutAll: () => void;
  /** How many clients have connected so far. */
  readonly connections: () => number;
  /** Nothing passes any more, of old connections and new, and none of them ends. */
  readonly openHole: () => void;
  /** New connections go to another server from now on. */
  readonly leadTo: (serverUrl: string) => void;
  /** Every connection ends. */
  readonly cut: () => void;
  /** What was sent meanwhile arrives, late. */
  readonly healHole: () => void;
};

export const startProxy = async (serverUrl: string): Promise<TcpProxy> => {
  let target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let answers = 0;
  let lost = 0;
  let connected = 0;
  let every = 0;
  let isNextLost = false;
  let isHole = false;
  let replacement: Buffer | null = null;
  let cutAfter: number | null = null;

  /** What of an answer arrives, and whether its connection goes on. */
  const arriving = (answer: Buffer): { readonly bytes: Buffer; readonly goesOn: boolean } => {
    const [bytes, end] = [replacement ?? answer, cutAfter ?? Number.POSITIVE_INFINITY];
    [replacement, cutAfter] = [null, null];
    return { bytes: bytes.subarray(0, end), goesOn: end === Number.POSITIVE_INFINITY };
  };

  const isLost = (): boolean => {
    answers += 1;
    if (!isNextLost && (every === 0 || answers % every !== 0)) return false;
    isNextLost = false;
    lost += 1;
    return true;
  };

  const server = createServer((client) => {
    connected += 1;
    const upstream = connect(Number(target.port), target.hostname);
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      if (isHole) socket.pause();
      socket.on('error', end).on('close', end);
    }
    client.on('data', (chunk) => upstream.write(chunk));
    upstream.on('data', (chunk: Buffer) => {
      if (isLost()) return end();
      const { bytes, goesOn } = arriving(chunk);
      client.write(bytes, () => (goesOn ? undefined : end()));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const url = new URL(serverUrl);
  url.host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url: url.href,
    loseNextAnswer: () => {
      isNextLost = true;
    },
    loseEvery: (nth) => {
      every = nth;
    },
    answersLost: () => lost,
    replaceNextAnswer: (bytes) => {
      replacement = bytes;
    },
    cutNextAnswer: (afterBytes) => {
      cutAfter = afterBytes;
    },
    cutAll: () => {
      for (const socket of sockets) socket.destroy();
    },
    connections: () => connected,
    leadTo: (otherUrl) => {
      target = new URL(otherUrl);
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    openHole: () => {
      isHole = true;
      for (const socket of sockets) socket.pause();
    },
    healHole: () => {
      isHole = false;
      for (const socket of sockets) socket.resume();
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
};
