import { sleep } from '../../../src/platform/index.ts';
import { Balancer } from '../balancer.ts';
import { Clients, lostIn } from '../clients/index.ts';
import type { Drill, DrillContext, DrillReport } from '../drill.ts';
import { answerTo, until } from '../operator.ts';
import { openServers, type PanierProcess, type Servers } from '../panier/index.ts';
import { openAddressHost } from './address-host.ts';
import type { Host } from './host.ts';
import { canMakeNamespaces, openNamespaceHost } from './namespace-host.ts';

const HOSTS = 3;
const CAST: readonly (readonly string[])[] = [['gateway'], ['relay', 'payment', 'saga', 'audit', 'webhooks', 'upkeep']];
const NOTICED_PATIENCE_MS = 60_000;

interface Scene {
  readonly context: DrillContext;
  readonly servers: Servers;
  readonly balancer: Balancer;
  readonly hosts: readonly Host[];
  /** Those that run, by the name of their host. */
  readonly running: Map<string, readonly PanierProcess[]>;
}

const openHosts = async ({ opened, note }: DrillContext, servers: Servers): Promise<readonly Host[]> => {
  const isApart = canMakeNamespaces();
  const open = isApart ? openNamespaceHost : openAddressHost;
  note(isApart ? 'each host is a network namespace' : 'each host is a set of links: namespaces cannot be made here');
  const hosts: Host[] = [];
  for (let index = 1; index <= HOSTS; index += 1) hosts.push(opened.use(await open(index, servers)));
  return hosts;
};

const bringUp = async ({ context, balancer, running }: Scene, host: Host): Promise<void> => {
  const { name, address, environment, launcher } = host;
  const place = { host: address, environment, launcher };
  const joining = CAST.map((roles) =>
    context.crew.join({ ...place, name: `${name}-${roles[0]}-${context.crew.processes.length + 1}`, roles }),
  );
  const joined = await Promise.all(joining);
  running.set(name, joined);
  for (const { options } of joined) if (options.url !== null) await balancer.add(await host.reach(options.url));
};

const ROLES = 'query { processes { instance roles silentSeconds } }';
type Roles = { readonly processes: readonly { readonly silentSeconds: number }[] };

/** Who has told of itself lately. */
const untilRunning = (url: string, count: number): Promise<true> =>
  until({
    what: `${count} processes tell of themselves`,
    ms: NOTICED_PATIENCE_MS,
    look: async () => {
      const { processes } = await answerTo<Roles>(url, ROLES);
      return processes.filter(({ silentSeconds }) => silentSeconds < 8).length === count ? true : null;
    },
  });

const lose = async (scene: Scene, host: Host, awayMs: number): Promise<void> => {
  const { context, balancer, running } = scene;
  context.step(`${host.name} is lost: all its processes at once, without a word`);
  await Promise.all((running.get(host.name) ?? []).map((each) => each.kill()));
  await untilRunning(balancer.url, (HOSTS - 1) * CAST.length);
  context.note('the operator sees its processes silent, and no group fall behind for long');
  await sleep(awayMs);
  context.step(`${host.name} is there again, with the same roles`);
  await bringUp(scene, host);
};

const cutOff = async ({ context, balancer }: Scene, host: Host, awayMs: number): Promise<void> => {
  context.step(
    `${host.name} is cut off from everything else for ${awayMs / 1_000} s; its processes run on, and know of nothing`,
  );
  host.cutOff();
  await sleep(awayMs);
  context.step(`${host.name} is reached again; nobody restarts anything`);
  host.rejoin();
  await untilRunning(balancer.url, HOSTS * CAST.length);
};

const run = async (context: DrillContext): Promise<DrillReport> => {
  const { step, note, isQuick, random, crew, opened } = context;
  const servers = await openServers(context);
  const balancer = opened.use(await Balancer.open());
  const hosts = await openHosts(context, servers);
  const scene: Scene = { context, servers, balancer, hosts, running: new Map() };
  step(`${HOSTS} hosts, on each a gateway and a process with all other roles; customers buy`);
  for (const host of hosts) await bringUp(scene, host);
  const clients = context.opened.use(new Clients({ random, urls: () => [balancer.url] }));
  await clients.open();
  await sleep(isQuick ? 2_000 : 10_000);
  const [, second, third] = hosts;
  if (second === undefined || third === undefined) throw new Error('There are too few hosts.');
  await lose(scene, second, isQuick ? 2_000 : 15_000);
  await cutOff(scene, third, isQuick ? 12_000 : 40_000);
  await sleep(isQuick ? 2_000 : 10_000);
  await clients.close();
  note(`the command that waited longest was answered after ${(clients.figures.longestWaitMs / 1_000).toFixed(1)} s`);
  const lost = await lostIn({ ...servers, clients, crew, random, gateways: [balancer.url] });
  return { did: `of ${HOSTS} hosts one killed and back, another cut off and back`, clients: clients.figures, lost };
};

export const severalHosts: Drill = {
  name: 'several-hosts',
  title: 'roles on three hosts, of which one is lost and another cut off',
  procedure: 'docs/operations.md#roles-on-several-hosts',
  run,
};
