import type { IncomingMessage } from 'node:http';

/** Calls back with the whole body; never when the client goes away before its end. The length was checked before. */
export const readBody = (request: IncomingMessage, whenRead: (body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => {
    const [first] = chunks;
    whenRead(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks));
  });
  // Without a listener the error of a client that hangs up would end the process.
  request.on('error', () => undefined);
};
