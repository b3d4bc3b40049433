import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { freePort } from '../../../src/servers/index.ts';
import { eventually } from '../../support/eventually.ts';
import { RAISED_RATES } from '../../support/raised-rates.ts';
import { TOKEN_ENVIRONMENT } from '../../support/tokens.ts';

const PROJECT = resolve(import.meta.dirname, '../../..');
const READY = 'panier is running';
const START_PATIENCE_MS = 90_000;
const STOP_PATIENCE_MS = 20_000;
const REPORT_PATIENCE_MS = 20_000;

/** Unpaid orders expire while the run looks on, and so end. */
const SETTINGS = {
  ...TOKEN_ENVIRONMENT,
  ...RAISED_RATES,
  PANIER_RESERVATION_SECONDS: '8',
  PANIER_CHARGE_BACKOFF_MS: '400',
  PANIER_CLAIM_IDLE_MS: '2000',
  LOG_LEVEL: 'warn',
} as const;

/** One process of panier, with servers and a directory of its own. */
export interface Stage extends AsyncDisposable {
  readonly url: string;
  readonly directory: string;
  readonly redisUrl: string;
  /** How the process ended; null while it is the one that was started. */
  readonly ended: () => string | null;
  /** Lines of its log. */
  readonly log: () => readonly string[];
  /** Bytes of the heap that are in use, without waste. */
  readonly heapBytes: () => Promise<number>;
  /** Runs `verify`; what it printed, and whether all was well. */
  readonly verify: () => Promise<{ readonly isSound: boolean; readonly output: string }>;
}

interface Process {
  readonly child: ChildProcess;
  readonly environment: NodeJS.ProcessEnv;
  ended: string | null;
}

const launch = (environment: NodeJS.ProcessEnv, logFile: string): Process => {
  const log = openSync(logFile, 'a');
  const reporter = pathToFileURL(join(import.meta.dirname, 'report-memory.ts')).href;
  const child = spawn(process.execPath, ['--expose-gc', '--import', reporter, 'src/cli/start.ts'], {
    cwd: PROJECT,
    env: environment,
    stdio: ['ignore', 'pipe', log],
  });
  closeSync(log);
  const launched: Process = { child, environment, ended: null };
  child.once('exit', (code, signal) => (launched.ended = signal ?? `code ${code}`));
  return launched;
};

const untilReady = async ({ child }: Process, logFile: string): Promise<void> => {
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await eventually(() => {
    if (child.exitCode !== null) throw new Error(`panier did not start: ${readFileSync(logFile, 'utf8')}`);
    if (!said.includes(READY)) throw new Error('panier has not started.');
  }, START_PATIENCE_MS);
};

const end = async ({ child, ended }: Process): Promise<void> => {
  if (ended !== null) return;
  const { promise, resolve: gone } = Promise.withResolvers<void>();
  child.once('exit', () => gone());
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await promise;
  clearTimeout(timer);
};

const heapReport = async ({ child }: Process, file: string): Promise<number> => {
  rmSync(file, { force: true });
  child.kill('SIGUSR2');
  const report = await eventually(
    () => JSON.parse(readFileSync(file, 'utf8')) as NodeJS.MemoryUsage,
    REPORT_PATIENCE_MS,
  );
  return report.heapUsed + report.external;
};

const verify = async ({ environment }: Process) => {
  const args = ['src/cli/verify.ts', '--grace-seconds', '2', '--pause-seconds', '3'];
  const child = spawn(process.execPath, args, { cwd: PROJECT, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((settle) => child.once('close', settle));
  const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { isSound: code === 0, output: `${stdout}${stderr}` };
};

/** Starts panier on a PostgreSQL and a Redis in a temporary directory. Disposal ends all of it. */
export const openStage = async ({ keep }: { readonly keep: boolean }): Promise<Stage> => {
  await using opening = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), 'panier-fuzz-'));
  // PostgreSQL and Redis may run as another user than we do.
  chmodSync(directory, 0o711);
  opening.defer(() => (keep ? undefined : rmSync(directory, { recursive: true, force: true })));
  const [port, logFile, memoryFile] = [await freePort(), join(directory, 'log'), join(directory, 'memory.json')];
  const ports = { PORT: String(port), PANIER_INVENTORY_PORT: '0', PANIER_OPS_PORT: '0' };
  const places = { ...ports, PANIER_DATA_DIR: join(directory, 'data'), PANIER_FUZZ_MEMORY: memoryFile };
  const running = launch({ ...process.env, ...SETTINGS, ...places }, logFile);
  const kill = (): void => void running.child.kill('SIGTERM');
  process.once('exit', kill);
  opening.defer(() => void process.off('exit', kill));
  opening.defer(() => end(running));
  await untilReady(running, logFile);
  const { redisUrl } = JSON.parse(readFileSync(join(directory, 'data', 'servers.json'), 'utf8')) as {
    redisUrl: string;
  };
  const opened = opening.move();
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    directory,
    redisUrl,
    ended: () => running.ended,
    log: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8').split('\n') : []),
    heapBytes: () => heapReport(running, memoryFile),
    verify: () => verify(running),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
