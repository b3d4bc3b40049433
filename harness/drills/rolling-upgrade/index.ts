import { join } from 'node:path';
import { sleep } from '../../../src/platform/index.ts';
import { Clients, lostIn } from '../clients/index.ts';
import type { Drill, DrillContext, DrillReport } from '../drill.ts';
import { Fleet, type Release } from '../fleet.ts';
import { answerTo, until } from '../operator.ts';
import { openServers, type Servers } from '../panier/index.ts';
import { makeOlderVersion } from './older-version.ts';
import { makeContracted, makeExpanded } from './releases.ts';

const REFUSAL = 'Processes of another version run';
const SETTLED_MS = 5_000;
const VERSIONS_PATIENCE_MS = 30_000;

interface Releases {
  readonly older: Release;
  readonly current: Release;
  readonly expanded: Release;
  readonly contracted: Release;
}

const makeReleases = ({ project, directory }: DrillContext): Releases => {
  const at = (name: string): string => join(directory, name);
  return {
    older: { name: 'older', project: makeOlderVersion(project, at('older')) },
    current: { name: 'current', project },
    expanded: { name: 'expanded', project: makeExpanded({ project, directory: at('expanded') }) },
    contracted: { name: 'contracted', project: makeContracted({ project, directory: at('contracted') }) },
  };
};

const assertRefused = async (fleet: Fleet, release: Release): Promise<string> => {
  const words = await fleet.tryStart(release).then(
    () => '',
    (error: unknown) => String(error),
  );
  const sentence = words.split('\n').find((line) => line.includes(REFUSAL));
  if (sentence === undefined)
    throw new Error(`${release.name} started beside a version that it leaves behind: ${words}`);
  return sentence.slice(sentence.indexOf(REFUSAL));
};

interface TaskRow {
  readonly tasks: number;
  readonly empty: number;
}

/** Whichever version wrote a task, the new column has its value. */
const assertFilled = async ({ postgres }: Servers): Promise<string> => {
  const [row] = await postgres.query<TaskRow & Record<string, unknown>>(
    'select count(*)::int as tasks, count(*) filter (where queued_at is null)::int as empty from write.task',
  );
  if (row === undefined || row.empty > 0) throw new Error(`${row?.empty} tasks have no queued_at.`);
  return `${row.tasks} tasks, each with queued_at`;
};

/** What the newer version says more stands in the event store, whichever version took it in; by the journal's own word. */
const assertSaid = async ({ postgres }: Servers): Promise<string> => {
  const [row] = await postgres.query<{ readonly said: number; readonly kept: number }>(
    `select count(*)::int as said, count(store.event_id)::int as kept
    from saga.journal as journal left join audit.event_store as store
      on store.event_id = journal.event_id and store.data ->> 'warehouse' = 'north'
    where journal.data ->> 'warehouse' = 'north' and journal.occurred_at < now() - interval '10 seconds'`,
  );
  if (row === undefined || row.said === 0 || row.kept < row.said)
    throw new Error(`Of ${row?.said} events with a new field the event store has ${row?.kept} with it.`);
  return `${row.said} events with a field more, each with it in the event store`;
};

const VERSIONS = 'query { processes { instance roles version } }';
type Processes = { readonly processes: readonly { readonly version: string }[] };

/** Whoever ended a moment ago is still listed for a while. */
const untilAllAre = (version: string, url: string): Promise<number> =>
  until({
    what: `every process is of version ${version}`,
    ms: VERSIONS_PATIENCE_MS,
    look: async () => {
      const { processes } = await answerTo<Processes>(url, VERSIONS);
      return processes.every((each) => each.version === version) ? processes.length : null;
    },
  });

interface Scene {
  readonly context: DrillContext;
  readonly servers: Servers;
  readonly fleet: Fleet;
  readonly releases: Releases;
  readonly copies: number;
}

const expand = async ({ context, servers, fleet, releases, copies }: Scene): Promise<void> => {
  const { step, note } = context;
  step('rolls to a version that adds a column which both fill, and whose read models are built anew');
  await fleet.roll(releases.expanded, async (replaced) => {
    if (replaced !== copies) return;
    step('the older payment dies, is started again as it was, and goes on with the newer tables');
    await fleet.crash('payment');
    step('sees a version that would take the older ones their tables refuse to start');
    note(await assertRefused(fleet, releases.contracted));
  });
  note(await assertFilled(servers));
  note(await assertSaid(servers));
};

const contract = async ({ context, servers, fleet, releases }: Scene): Promise<void> => {
  const { step, note } = context;
  step('waits until nobody of the version before the last is left');
  note(`${await untilAllAre('0.2.0', fleet.balancer.url)} processes of 0.2.0`);
  step('rolls to the version that contracts: the column has to be given from now on');
  await fleet.roll(releases.contracted);
  note(await assertFilled(servers));
  note(`${await untilAllAre('0.3.0', fleet.balancer.url)} processes of 0.3.0`);
};

const run = async (context: DrillContext): Promise<DrillReport> => {
  const { step, isQuick, random, crew } = context;
  const copies = isQuick ? 1 : 2;
  const releases = makeReleases(context);
  const servers = await openServers(context);
  step(`an older version runs behind a balancer, ${copies} of each kind of process; customers buy`);
  const fleet = await Fleet.start({ context, servers, copies }, releases.older);
  const { url } = fleet.balancer;
  const clients = context.opened.use(new Clients({ random, urls: () => [url] }));
  await clients.open();
  step('rolls to this version: consumers first, gateways last, each successor ready before its predecessor ends');
  await fleet.roll(releases.current);
  const scene = { context, servers, fleet, releases, copies };
  await expand(scene);
  await contract(scene);
  await sleep(SETTLED_MS);
  await clients.close();
  const lost = await lostIn({ ...servers, clients, crew, random, gateways: fleet.gateways });
  const did = `older → this → a column more → the column required: ${3 * 3 * copies} processes replaced one by one, one killed and back`;
  return { did, clients: clients.figures, lost };
};

export const rollingUpgrade: Drill = {
  name: 'rolling-upgrade',
  title: 'processes replaced one by one by those of a newer version, tables expanded and contracted',
  procedure: 'docs/operations.md#a-rolling-upgrade',
  run,
};
