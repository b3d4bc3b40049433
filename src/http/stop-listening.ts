import type { Server } from 'node:http';
import { sleep } from '../platform/index.ts';
import type { Connections } from './connections.ts';
import type { Draining } from './draining.ts';
import type { NodeServer } from './node-server.ts';

const STOP_TIMEOUT_MS = 3_000;
/** For clients that keep connections to hear, with their next answer, that it is the last one. */
const GOODBYE_MS = 300;
const GOODBYE_STEPS = 6;
const IDLE_POLL_MS = 100;

/** A server that serves. */
export interface Serving {
  readonly node: NodeServer;
  readonly draining: Draining;
  readonly connections: Connections;
}

const listeningEnds = async (server: Server, signal: AbortSignal): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const isClosed = closed.then(() => true);
  // A connection whose answer was on its way already has not heard that it is the last one.
  while (!signal.aborted && !(await Promise.race([isClosed, sleep(IDLE_POLL_MS, signal).then(() => false)])))
    server.closeIdleConnections();
};

/** By steps, each of them a turn to answer in: a process that was not run for so long has had time, and answered nobody. */
const sayGoodbye = async (signal: AbortSignal): Promise<void> => {
  for (let step = 0; step < GOODBYE_STEPS; step += 1) await sleep(GOODBYE_MS / GOODBYE_STEPS, signal);
};

/**
 * Lets requests finish, and clients hear of it, unless they were told before; and at last closes what is left when the time is up, after 3 s. What else the server has open is
 * ended by `endOthers` meanwhile, and after its goodbye; none of it is waited for longer than the rest.
 */
export const stopListening = async (
  { node, draining, connections }: Serving,
  endOthers: readonly (() => Promise<void>)[] = [],
): Promise<void> => {
  const over = new AbortController();
  const timeIsUp = sleep(STOP_TIMEOUT_MS, over.signal).then(() => over.abort());
  const goodbye = draining.hasBegun ? Promise.resolve() : sayGoodbye(over.signal);
  draining.begin();
  for (const end of endOthers) await Promise.race([end(), timeIsUp]);
  await goodbye;
  await Promise.race([listeningEnds(node.server, over.signal), timeIsUp]);
  over.abort();
  node.server.closeAllConnections();
  node[Symbol.dispose]();
  connections[Symbol.dispose]();
};
