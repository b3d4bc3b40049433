import { ignored, repeat, sleep, systemClock } from '../platform/index.ts';
import { type ServerCommand, ServerExited, type ServerProcess } from './server-process.ts';

const POLL_MS = 10;
const TELL_EVERY_MS = 15_000;

/** How a server is waited for. */
export interface Wait {
  readonly isReady: () => boolean | Promise<boolean>;
  /** Told in a sentence, again and again, what is waited for. */
  readonly say: (line: string) => void;
}

const lastLineOf = (log: string): string => log.trimEnd().split('\n').at(-1)?.trim() || 'It has said nothing yet.';

const tellOf = (server: ServerProcess, { name, logFile }: ServerCommand, waitedMs: number): string =>
  `${name} is not ready after ${Math.round(waitedMs / 1_000)} s. It is waited for as long as it runs, in process ` +
  `${server.identity.pid}. Its log (${logFile}) ends with: ${lastLineOf(server.log())}`;

/**
 * Waits as long as the server lives: one that recovers, or reads in what it has, takes as long as that takes, and would have to begin
 * again at the next start if it were stopped. @throws ServerExited
 */
export const untilReady = async (
  server: ServerProcess,
  command: ServerCommand,
  { isReady, say }: Wait,
): Promise<void> => {
  const sinceMs = performance.now();
  const tell = async (signal: AbortSignal): Promise<void> => {
    if (!signal.aborted) say(tellOf(server, command, performance.now() - sinceMs));
  };
  // By itself: one that is asked whether it is ready may never answer.
  await using _telling = repeat(tell, { everyMs: TELL_EVERY_MS, clock: systemClock, onFailure: ignored });
  while (!(await isReady())) {
    if (server.exited()) throw new ServerExited(command.name, server.log(), command.logFile);
    await sleep(POLL_MS);
  }
};
