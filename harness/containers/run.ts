// What the Dockerfile makes, without an engine of containers: builds it in full, weighs it, and runs it as one would. Needs root.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startPostgres, startRedis } from '../../src/servers/index.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import { TOKEN_ENVIRONMENT } from '../support/tokens.ts';
import { buildImage, type Image } from './build-image.ts';
import { runContainer } from './run-container.ts';
import { byShell } from './runners.ts';

const MEGABYTE = 1_000_000;

const bytesIn = (path: string): number => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
};

const weigh = ({ root, workDir }: Image): void => {
  for (const name of readdirSync(join(root, workDir)))
    console.log(`${name.padEnd(14)} ${(bytesIn(join(root, workDir, name)) / MEGABYTE).toFixed(1).padStart(6)} MB`);
};

const tryIt = async (image: Image, folder: string): Promise<void> => {
  const postgres = await startPostgres({ directory: join(folder, 'postgres') });
  const redis = await startRedis({ directory: join(folder, 'redis'), say: console.log, users: [] });
  process.once('exit', () => {
    for (const server of [postgres, redis]) server.process.kill();
  });
  const ports = { PORT: await freePort(), PANIER_INVENTORY_PORT: await freePort(), PANIER_OPS_PORT: await freePort() };
  const environment = {
    ...TOKEN_ENVIRONMENT,
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
  };
  await using container = runContainer(image, environment);
  await container.says('panier is running');
  await using health = runContainer(image, environment, image.healthCheck);
  const { code } = await health.ended;
  console.log(`healthcheck: ${code}, ${health.printed().trim()}`);
  const since = performance.now();
  container.signal('SIGTERM');
  const end = await container.ended;
  console.log(`SIGTERM: exit code ${end.code} after ${(performance.now() - since).toFixed(0)} ms`);
};

exitOnSignal();
const folder = mkdtempSync(join(tmpdir(), 'panier-container-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const image = buildImage({ project: process.cwd(), folder, run: byShell });
weigh(image);
await tryIt(image, folder);
process.exit();
