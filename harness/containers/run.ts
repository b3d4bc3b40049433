// What the Dockerfile makes and docker-compose.yml starts, without an engine of containers: builds the image, weighs it, and runs
// each role in one as an engine would. With --quick it takes packages and pages that are there. Needs root.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/cli/client.ts';
import { freePort, startPostgres, startRedis } from '../../src/servers/index.ts';
import { ends, placeOrder, shelve } from '../../test/e2e/shop.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import { OPERATOR_TOKEN, TOKEN_ENVIRONMENT } from '../support/tokens.ts';
import { buildImage, type Image } from './build-image.ts';
import { servicesOfPanier } from './compose.ts';
import { type Container, runContainer } from './run-container.ts';
import { byCopy, byShell } from './runners.ts';

const MEGABYTE = 1_000_000;
const PROJECT = process.cwd();

const bytesIn = (path: string): number => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
};

const weigh = ({ root, workDir }: Image): void => {
  for (const name of readdirSync(join(root, workDir)))
    console.log(`${name.padEnd(14)} ${(bytesIn(join(root, workDir, name)) / MEGABYTE).toFixed(1).padStart(6)} MB`);
};

const startServers = async (folder: string) => {
  const postgres = await startPostgres({ directory: join(folder, 'postgres') });
  const redis = await startRedis({ directory: join(folder, 'redis'), say: console.log, users: [] });
  process.once('exit', () => {
    for (const server of [postgres, redis]) server.process.kill();
  });
  return { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
};

const portsOf = async () => ({
  PORT: String(await freePort()),
  PANIER_INVENTORY_PORT: String(await freePort()),
  PANIER_OPS_PORT: String(await freePort()),
});

type Started = { readonly name: string; readonly container: Container; readonly environment: Record<string, string> };

/** One container has no network of its own here: so each service takes ports of its own, and finds the servers elsewhere. */
const startServices = async (image: Image, servers: Readonly<Record<string, string>>): Promise<readonly Started[]> => {
  const started: Started[] = [];
  for (const [name, given] of servicesOfPanier(PROJECT)) {
    const ports = await portsOf();
    const environment = { ...given, ...servers, ...TOKEN_ENVIRONMENT, OTEL_EXPORTER_OTLP_ENDPOINT: '', ...ports };
    started.push({ name, environment, container: runContainer(image, environment) });
  }
  await Promise.all(started.map(({ container }) => container.says('panier is running')));
  return started;
};

const order = async (port: string | undefined): Promise<void> => {
  await using client = connect({ url: `http://127.0.0.1:${port ?? ''}`, token: OPERATOR_TOKEN });
  const productId = await shelve(client, 10);
  const id = await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
  console.log(`an order through all of them: ${(await ends(client, id)).status}`);
};

const healthOf = async (image: Image, { name, environment }: Started): Promise<void> => {
  await using health = runContainer(image, environment, image.healthCheck);
  const { code } = await health.ended;
  console.log(`${name.padEnd(14)} health check ${code}  ${health.printed().trim()}`);
};

const end = async ({ name, container }: Started): Promise<void> => {
  const since = performance.now();
  container.signal('SIGTERM');
  const { code } = await container.ended;
  console.log(`${name.padEnd(14)} SIGTERM: exit code ${code} after ${(performance.now() - since).toFixed(0)} ms`);
};

exitOnSignal();
const folder = mkdtempSync(join(tmpdir(), 'panier-container-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const run = process.argv.includes('--quick') ? byCopy(PROJECT) : byShell;
const image = buildImage({ project: PROJECT, folder, run });
weigh(image);
const services = await startServices(image, await startServers(folder));
for (const service of services) await healthOf(image, service);
await order(services.find(({ name }) => name === 'gateway')?.environment['PORT']);
await Promise.all(services.map(end));
process.exit();
