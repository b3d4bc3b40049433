import { connect } from 'node:net';

export interface RawExchange {
  /** Everything that the server said until it closed, or until `forMs` were over. */
  readonly received: string;
  readonly wasClosed: boolean;
}

/** Sends bytes, whatever they are, over a connection of their own. */
export const sendBytes = async (
  url: string,
  bytes: string | Buffer | readonly (string | Buffer)[],
  forMs = 3_000,
): Promise<RawExchange> => {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let received = '';
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
  });
  socket.on('error', () => resolve(true));
  socket.once('close', () => resolve(true));
  const timer = setTimeout(() => resolve(false), forMs);
  for (const part of [bytes].flat()) socket.write(part);
  const wasClosed = await promise;
  clearTimeout(timer);
  socket.destroy();
  return { received, wasClosed };
};

/** The status codes of all answers in what was received, in their order. */
export const statusesIn = (received: string): readonly number[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
