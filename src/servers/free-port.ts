import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { errorCodeOf } from '../platform/index.ts';

// Below what systems take for connections that go out (Linux from 32,768, others from 49,152): one of those may hold a port for days.
const LOWEST = 20_000;
const HIGHEST = 32_000;
const ATTEMPTS = 20;
const ANY = 0;

const listened = async (port: number): Promise<number> => {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return taken;
};

/** A port of 127.0.0.1 that was free a moment ago; whoever uses it must expect that it is taken again. */
export const freePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      return await listened(randomInt(LOWEST, HIGHEST));
    } catch (error) {
      if (errorCodeOf(error) !== 'EADDRINUSE') throw error;
    }
  }
  return listened(ANY);
};
