import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sleep } from '../../../src/platform/index.ts';
import { makeDirectory } from './servers.ts';

/** What a panier tells of itself. */
export interface Telling {
  readonly metrics: boolean;
  /** The share of traces that is recorded; null traces nothing. */
  readonly traced: number | null;
  /** Where spans are sent to. */
  readonly url: string;
}

/** A variable of the environment: where those that can be switched say so, and look what they are to tell. */
export const TELLING_DIRECTORY = 'PANIER_BENCH_TELLING';
export const ASKED = 'asked';

const POLL_MS = 5;
/** What is left of the spans is sent first, for 1.5 s at most. */
const PATIENCE_MS = 10_000;

/** Switches what the processes tell of themselves that are started with its settings. */
export interface Switch extends Disposable {
  /** Variables of the environment. */
  readonly settings: Readonly<Record<string, string>>;
  /** Resolves when all of them do so. */
  readonly to: (telling: Telling) => Promise<void>;
}

export const openSwitch = (): Switch => {
  const directory = makeDirectory();
  const switched = pathToFileURL(join(import.meta.dirname, 'switch-telling.ts')).href;
  const pids = (): readonly string[] => readdirSync(directory.path).filter((name) => name !== ASKED);
  return {
    settings: {
      NODE_OPTIONS: `--import=${switched}`,
      PANIER_OPS_PORT: 'off',
      [TELLING_DIRECTORY]: directory.path,
    },
    to: async (telling) => {
      const asked = JSON.stringify({ ...telling, nonce: crypto.randomUUID() });
      writeFileSync(join(directory.path, ASKED), asked);
      for (const pid of pids()) process.kill(Number(pid), 'SIGUSR2');
      const isDone = (pid: string): boolean => readFileSync(join(directory.path, pid), 'utf8') === asked;
      for (const until = performance.now() + PATIENCE_MS; !pids().every(isDone); await sleep(POLL_MS))
        if (performance.now() > until) throw new Error('What panier tells of itself could not be switched.');
    },
    [Symbol.dispose]: () => directory[Symbol.dispose](),
  };
};
