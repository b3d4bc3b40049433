import { sleep } from '../platform/index.ts';
import { freePort } from './free-port.ts';
import { ServerExited } from './server-process.ts';

const ATTEMPTS = 10;
const PAUSE_MS = 300;

/** The second: PostgreSQL was killed, and its last children have not noticed yet. */
const PASSES_BY_ITSELF = /address already in use|pre-existing shared memory block/i;

/** Starts a server on a free port, and again on another one when that port was taken in between. */
export const startOnFreePort = async <T>(start: (port: number) => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await freePort());
    } catch (error) {
      const passes = error instanceof ServerExited && PASSES_BY_ITSELF.test(error.log);
      if (!passes || attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS);
    }
  }
};
