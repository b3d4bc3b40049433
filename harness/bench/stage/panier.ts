import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '../../../src/servers/index.ts';
import { RAISED_RATES } from '../../support/raised-rates.ts';
import { TOKEN_ENVIRONMENT } from '../../support/tokens.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const READY = 'panier is running';
const STOP_PATIENCE_MS = 15_000;

export interface PanierOptions {
  /** All of them when left out. */
  readonly roles?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** One process of panier, as `npm start` runs it. */
export interface PanierProcess extends AsyncDisposable {
  readonly pid: number;
  /** Where its GraphQL answers, if it is a gateway. */
  readonly url: string;
}

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await ended;
  clearTimeout(timer);
};

const untilReady = async (child: ChildProcess): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const lastWords = child.stderr === null ? Promise.resolve('') : text(child.stderr);
  child.stdout?.on('data', (chunk: Buffer) => chunk.includes(READY) && resolve());
  child.once('exit', () => void lastWords.then((words) => reject(new Error(`panier ended: ${words.slice(-1_000)}`))));
  await promise;
};

/** Resolves when it says that it runs. @throws with its last words when it ends before */
export const startPanier = async ({ roles, environment }: PanierOptions): Promise<PanierProcess> => {
  const port = await freePort();
  const child = spawn(process.execPath, ['src/cli/start.ts', ...(roles ? ['--roles', roles.join(',')] : [])], {
    cwd: PROJECT,
    env: {
      ...process.env,
      ...TOKEN_ENVIRONMENT,
      ...RAISED_RATES,
      // All that watch are one operator, at one address.
      PANIER_MAX_SERVICE_CONNECTIONS: '20000',
      PANIER_MAX_STREAMS_PER_ADDRESS: '20000',
      LOG_LEVEL: 'error',
      PANIER_DEMO_CATALOGUE: 'false',
      PANIER_OPS_PORT: '0',
      ...environment,
      PORT: String(port),
      PANIER_INVENTORY_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  try {
    await untilReady(child);
  } catch (error) {
    process.off('exit', kill);
    throw error;
  }
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${port}/graphql`,
    [Symbol.asyncDispose]: async () => {
      await stop(child);
      process.off('exit', kill);
    },
  };
};
