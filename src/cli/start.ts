import { guarded, ignored, readProcessConfig, readProcessLogging } from '../platform/index.ts';
import type { Servers } from '../servers/index.ts';
import { interrupted } from './interrupted.ts';
import { openProcessLogger, runPanier } from './run-panier.ts';
import { type Telling, tellBy, tellRefusal } from './telling.ts';

const BROKEN_EXIT_CODE = 1;
const STOP_TIMEOUT_MS = 4_500;

/** Whatever still holds on by then is cut off: what is committed stands in PostgreSQL, and the rest is done again. */
const endWithin = (ms: number, servers?: Servers): void => {
  const end = guarded(() => {
    servers?.kill();
    process.exit();
  }, ignored);
  setTimeout(end, ms).unref();
};

/** A terminal that was closed takes nothing any more; that is no reason to end otherwise than in order. */
const outliveTerminal = (): void => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignored);
};

/** Until it is told to stop, and has. @returns whoever tells of it */
const run = async (): Promise<Telling> => {
  const config = readProcessConfig(process.argv.slice(2));
  const logger = openProcessLogger(config);
  const telling = tellBy(logger, config);
  const { promise: stop, resolve } = Promise.withResolvers<void>();
  const broken = Promise.withResolvers<void>();
  const stopWith = async (servers: Servers): Promise<void> => {
    await interrupted(servers);
    servers.letGo();
    // Also of a start, which may wait for a server that does not answer.
    endWithin(STOP_TIMEOUT_MS, servers);
  };
  const onServers = (servers: Servers): void => resolve(stopWith(servers));
  const onBroken = (): void => {
    process.exitCode = BROKEN_EXIT_CODE;
    broken.resolve();
    // Also of a start, which may wait for another server as long as that recovers.
    endWithin(STOP_TIMEOUT_MS);
  };
  await using running = await runPanier({ config, logger, say: telling.say, onServers, onBroken });
  telling.hasStarted(config, running);
  await Promise.race([stop, broken.promise]);
  telling.stops();
  endWithin(STOP_TIMEOUT_MS, running.servers);
  return telling;
};

outliveTerminal();
try {
  (await run()).hasStopped();
  // Nobody waits for what may still be asked of others, such as an endpoint of traces that does not answer.
  process.exit();
} catch (error) {
  tellRefusal(error, readProcessLogging());
  process.exit(1);
}
