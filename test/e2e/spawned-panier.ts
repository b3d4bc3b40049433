import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sleep } from '../../src/platform/index.ts';
import { freePort, readRunningServers } from '../../src/servers/index.ts';

const MAX_WAITS = 450;

type Environment = Readonly<Record<string, string>>;

/** `npm start` on servers of its own, in all roles and as talkative as can be. */
export interface SpawnedPanier extends AsyncDisposable {
  readonly url: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** As PostgreSQL's own administrator. */
  readonly administratorUrl: string;
  /** Passwords of its services, and of whoever looks after its servers. */
  readonly passwords: readonly string[];
  /** All that it has printed so far, and the logs of its servers. */
  readonly logs: () => string;
}

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
};

const logsIn = (directory: string): readonly string[] =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.log'))
    .map(({ name }) => readFileSync(join(directory, name), 'utf8'));

const hasStarted = async (child: ChildProcess, printed: () => string): Promise<void> => {
  for (let waits = 0; !printed().includes('panier is running'); waits += 1) {
    if (child.exitCode === null && waits < MAX_WAITS) await sleep(100);
    else {
      await stop(child);
      throw new Error(`It did not start:\n${printed()}`);
    }
  }
};

export const spawnPanier = async (dataDir: string, environment: Environment): Promise<SpawnedPanier> => {
  const port = await freePort();
  const ports = { PORT: String(port), PANIER_INVENTORY_PORT: '0', PANIER_OPS_PORT: '0' };
  const own = { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'trace', PANIER_DATA_DIR: dataDir, ...ports };
  const env = { ...own, ...environment };
  const child = spawn(process.execPath, ['src/cli/start.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => void (printed += text));
  await hasStarted(child, () => printed);
  const servers = readRunningServers(dataDir);
  const { databaseUrl = '', redisUrl = '', environment: urls = {} } = servers ?? {};
  const password = readFileSync(join(dataDir, 'postgres/panier.password'), 'utf8').trim();
  return {
    url: `http://127.0.0.1:${port}`,
    databaseUrl,
    redisUrl,
    administratorUrl: Object.assign(new URL(databaseUrl), { username: 'panier', password }).href,
    passwords: [password, ...[databaseUrl, redisUrl, ...Object.values(urls)].map((url) => new URL(url).password)],
    logs: () => [printed, ...logsIn(dataDir)].join('\n'),
    [Symbol.asyncDispose]: () => stop(child),
  };
};
