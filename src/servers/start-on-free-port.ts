import { retry, systemClock } from '../platform/index.ts';
import { freePort } from './free-port.ts';
import { ServerExited } from './server-process.ts';

const ATTEMPTS = 10;
const PAUSES = { firstMs: 100, maxMs: 1_000 };

/** The second: PostgreSQL was killed, and its last children have not noticed yet. */
const PASSES_BY_ITSELF = /address already in use|pre-existing shared memory block/i;

const mayPass = (error: unknown): boolean => error instanceof ServerExited && PASSES_BY_ITSELF.test(error.log);

/** Starts a server on a free port, and again on another one when that port was taken in between. */
export const startOnFreePort = <T>(start: (port: number) => Promise<T>): Promise<T> =>
  retry(async () => start(await freePort()), { mayPass, attempts: ATTEMPTS, pauses: PAUSES, clock: systemClock });
