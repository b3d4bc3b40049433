import { join } from 'node:path';
import { sleep } from '../../../src/platform/index.ts';
import { Injections } from '../../chaos/faults/index.ts';
import { flyCanary } from '../../chaos/shop/index.ts';
import type { Violation } from '../../chaos/verdict/index.ts';
import { Clients, lostIn } from '../clients/index.ts';
import type { Drill, DrillContext, DrillReport } from '../drill.ts';
import { answerTo, until } from '../operator.ts';
import { makeRelease, openServers, type PanierProcess, type Servers } from '../panier/index.ts';
import { flood, UNKNOWN_TYPE } from './flood.ts';
import { discardAll, type Letter, openLetters, retryAll } from './letters.ts';

const HONEST_TYPE = 'OrderCancelled';
const CANARY_PATIENCE_MS = 30_000;
const LETTERS_PATIENCE_MS = 90_000;

/** What a tired developer released: the saga cannot handle one of its events. */
const FAULTY_SAGA = {
  file: 'src/saga/apply.ts',
  find: `    case '${HONEST_TYPE}':\n    case 'PaymentFailed':\n      return applyOrder`,
  put: `    case 'PaymentFailed':\n      return applyOrder(ledger, { envelope, event }, at);\n    case '${HONEST_TYPE}':\n      throw new TypeError("Cannot read properties of undefined (reading 'lines')");\n      return applyOrder`,
} as const;

interface Scene {
  readonly context: DrillContext;
  readonly servers: Servers;
  readonly clients: Clients;
  readonly injections: Injections;
  readonly url: string;
  readonly startSaga: (project: string) => Promise<PanierProcess>;
}

const setScene = async (context: DrillContext): Promise<Scene> => {
  const { crew, random } = context;
  const servers = await openServers(context);
  const environment = { ...servers.environment(), PANIER_MAX_DELIVERIES: '3' };
  const gateway = await crew.join({ name: 'gateway', roles: ['gateway', 'relay', 'payment', 'audit'], environment });
  const url = gateway.options.url ?? '';
  return {
    context,
    servers,
    url,
    injections: new Injections(),
    clients: context.opened.use(new Clients({ random, urls: () => [url] })),
    startSaga: (project) => {
      const name = project === context.project ? 'saga-mended' : 'saga-faulty';
      return crew.join({ name, roles: ['saga'], environment, project });
    },
  };
};

const byTypeAndGroup = (letters: readonly Letter[]): ReadonlyMap<string, readonly Letter[]> =>
  Map.groupBy(letters, ({ type, consumerGroup }) => `${type} at ${consumerGroup}`);

/** Those that read the stream to which the unknown type comes. */
const GROUPS = ['ecommerce-api', 'inventory-saga-consumer', 'event-audit-api'];

/** Waits until every group has given up every entry of the unknown type, and the saga some of its own. */
const untilLettersCame = ({ url, context: { note } }: Scene, floods: number): Promise<readonly Letter[]> =>
  until({
    what: 'every poisoned entry is a dead letter',
    ms: LETTERS_PATIENCE_MS,
    look: async () => {
      const letters = await openLetters(url);
      const unknown = letters.filter(({ type }) => type === UNKNOWN_TYPE);
      const lacks = GROUPS.some((group) => unknown.filter((each) => each.consumerGroup === group).length < floods);
      if (lacks || !letters.some(({ type }) => type === HONEST_TYPE)) return null;
      for (const [what, same] of byTypeAndGroup(letters)) note(`${same.length} × ${what}: ${same[0]?.error}`);
      return letters;
    },
  });

const VERSIONS = 'query { processes { instance roles version } }';
const STUCK = 'query { stuckOrders(olderThanSeconds: 5) { edges { node { id } } } }';

const find = async (scene: Scene, floods: number): Promise<void> => {
  const { url, context, clients } = scene;
  const { step, note } = context;
  step(`finds the dead letters, by type and group (${floods} entries of the unknown type)`);
  await untilLettersCame(scene, floods);
  const { stuckOrders } = await answerTo<{ readonly stuckOrders: { readonly edges: readonly unknown[] } }>(url, STUCK);
  note(`stuck orders: ${stuckOrders.edges.length}`);
  const { processes } = await answerTo<{ readonly processes: readonly unknown[] }>(url, VERSIONS);
  note(`processes: ${JSON.stringify(processes)}`);
  const flight = { url, history: clients.history, patienceMs: CANARY_PATIENCE_MS, mayBeRefused: false };
  note(`meanwhile an order is paid and confirmed in ${Math.round(await flyCanary(flight))} ms`);
};

const mend = async (scene: Scene, faulty: PanierProcess): Promise<void> => {
  const { context, url } = scene;
  context.step('stops the faulty saga and starts the mended one');
  await faulty.stop();
  await scene.startSaga(context.project);
  context.step('retries what was honest');
  const honest = (await openLetters(url)).filter(({ type }) => type === HONEST_TYPE);
  await retryAll(url, honest);
  context.step('discards what nobody agreed on, with a reason');
  await discardAll(
    url,
    (await openLetters(url)).filter(({ type }) => type === UNKNOWN_TYPE),
  );
};

/** The faulty release failed on honest entries: that is what was mended. */
const isOfTheFault = ({ message, subject, trail }: Violation): boolean =>
  (['consumer', 'log'].includes(subject) && trail.every((line) => line.includes("reading 'lines'"))) ||
  (message.startsWith('an honest entry became a dead letter') && trail.some((line) => line.includes(HONEST_TYPE)));

const run = async (context: DrillContext): Promise<DrillReport> => {
  const { step, isQuick, random, crew } = context;
  const scene = await setScene(context);
  const { clients, servers, injections, url } = scene;
  step(`a saga is released that fails on every ${HONEST_TYPE}; customers buy`);
  const release = { project: context.project, directory: join(context.directory, 'faulty'), edits: [FAULTY_SAGA] };
  const faulty = await scene.startSaga(makeRelease(release));
  await clients.open();
  const floods = isQuick ? 20 : 200;
  step(`another service writes ${floods} events of a type that nobody knows`);
  await flood(servers.redis.client, injections, floods);
  await find(scene, floods);
  await mend(scene, faulty);
  await sleep(isQuick ? 2_000 : 10_000);
  step('sees that no dead letter is left, and that every order moves on');
  await clients.close();
  const lost = await lostIn({ ...servers, clients, crew, injections, random, gateways: [url], excused: isOfTheFault });
  const left = (await openLetters(url)).map(({ id, type }) => `dead letter ${id} of ${type} is open`);
  const did = `${floods} events of an unknown type, a saga that fails on ${HONEST_TYPE}: found, mended, retried, discarded`;
  return { did, clients: clients.figures, lost: [...lost, ...left] };
};

export const poisonedType: Drill = {
  name: 'poisoned-type',
  title: 'events of a type that nobody knows, and of one that a release fails on',
  procedure: 'docs/operations.md#a-poisoned-event-type',
  run,
};
