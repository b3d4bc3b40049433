import { join } from 'node:path';
import { sleep } from '../../../src/platform/index.ts';
import { Clients, lostIn } from '../clients/index.ts';
import type { Drill, DrillContext, DrillReport } from '../drill.ts';
import { Fleet } from '../fleet.ts';
import { makeRelease, openServers, type Servers } from '../panier/index.ts';
import { soldByProduct, spectate } from './spectator.ts';
import { differing, replay } from './upkeep.ts';

/** What a tired developer released: a line that is sold counts as one, however many it is of. */
const FAULT = {
  file: 'src/read/product/allocation.ts',
  find: '? { available: -quantity, reserved: 0, sold: quantity }',
  put: '? { available: -quantity, reserved: 0, sold: 1 }',
} as const;

interface Sold extends Record<string, unknown> {
  readonly product_id: string;
  readonly sold: number;
}

const soldInLedger = async ({ postgres }: Servers): Promise<ReadonlyMap<string, number>> => {
  const rows = await postgres.query<Sold>('select product_id, sold::int as sold from saga.stock');
  return new Map(rows.map(({ product_id, sold }) => [product_id, sold]));
};

/** What the API shows of a product otherwise than the ledger counts it. */
const wronglyShown = async (url: string, servers: Servers): Promise<readonly string[]> => {
  const [shown, counted] = [await soldByProduct(url), await soldInLedger(servers)];
  return [...shown]
    .filter(([id, sold]) => sold !== (counted.get(id) ?? 0))
    .map(([id, sold]) => `${sold} of ${id} are shown as sold, the ledger counts ${counted.get(id) ?? 0}`);
};

interface Scene {
  readonly context: DrillContext;
  readonly servers: Servers;
  readonly fleet: Fleet;
  readonly url: string;
}

const find = async ({ context, servers, url }: Scene): Promise<void> => {
  const { step, note, project } = context;
  step('sees that numbers are wrong, and has the mended version compare without changing anything');
  const wrong = await wronglyShown(url, servers);
  note(`${wrong.length} products, such as: ${wrong[0]}`);
  const found = await differing({ project, environment: servers.environment() });
  if (wrong.length === 0 || found.length === 0) throw new Error('The fault did not show.');
  for (const line of found) note(line);
};

const mend = async ({ context, fleet, url }: Scene, products: number): Promise<readonly string[]> => {
  const { step, note, project } = context;
  const over = new AbortController();
  const watched = spectate(url, products, over.signal);
  step('rolls to the mended version: what was folded wrongly stays, what comes is right');
  await fleet.roll({ name: 'mended', project });
  step('has the read models built anew from the event store, while customers buy');
  for (const line of await replay(url)) note(`differed, ${line}`);
  over.abort();
  const { answers, gaps, slowestMs } = await watched;
  note(`${answers} times all products were asked for meanwhile, answered within ${slowestMs.toFixed(0)} ms`);
  return gaps;
};

const run = async (context: DrillContext): Promise<DrillReport> => {
  const { step, isQuick, random, crew, project, directory } = context;
  const servers = await openServers(context);
  step('a release runs whose projection of products counts wrongly; customers buy');
  const faulty = makeRelease({ project, directory: join(directory, 'faulty'), edits: [FAULT] });
  const fleet = await Fleet.start({ context, servers, copies: isQuick ? 1 : 2 }, { name: 'faulty', project: faulty });
  const { url } = fleet.balancer;
  const clients = context.opened.use(new Clients({ random, urls: () => [url] }));
  await clients.open();
  await sleep(isQuick ? 10_000 : 30_000);
  const scene = { context, servers, fleet, url };
  await find(scene);
  const gaps = await mend(scene, clients.shelf.length);
  await sleep(isQuick ? 2_000 : 10_000);
  await clients.close();
  const lost = await lostIn({ ...servers, clients, crew, random, gateways: fleet.gateways });
  step('sees that what is shown is what the event store folds to, and what the ledger counts');
  const left = await differing({ project, environment: servers.environment() });
  const did = 'a projection that counts wrongly: found, mended, the read models built anew';
  return { did, clients: clients.figures, lost: [...lost, ...gaps, ...left, ...(await wronglyShown(url, servers))] };
};

export const faultyProjection: Drill = {
  name: 'faulty-projection',
  title: 'read models that a release folded wrongly, mended and built anew while customers buy',
  procedure: 'docs/operations.md#a-faulty-projection',
  run,
};
