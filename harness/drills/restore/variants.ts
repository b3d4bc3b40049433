import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { freePort } from '../../../src/servers/index.ts';
import { flyCanary, History } from '../../chaos/shop/index.ts';
import { until } from '../operator.ts';
import type { Cluster } from '../postgres/index.ts';
import { type Means, ownIds, type Scene } from './scene.ts';

/** The events of panier's own that were there at the point, and when it happened. */
export interface Recorded {
  readonly atPoint: ReadonlySet<string>;
  readonly atDisaster: ReadonlySet<string>;
}

/** What happened after which point, and what to restore from. */
export interface Disaster extends Recorded {
  readonly point: string;
  readonly base: string;
  readonly archive: string;
  /** When a customer was answered last. */
  readonly lastAnswerMs: number;
}

export interface Variant {
  readonly name: 'newer' | 'older' | 'empty';
  /** What Redis has. */
  readonly redis: string;
}

/** Of a server that was never restored, nor promoted. */
const FIRST_TIMELINE = '1';
const CANARY_PATIENCE_MS = 60_000;
const STANDBY_PATIENCE_MS = 20_000;

const REFUSED = 'Redis is newer than the database';

const restore = async (scene: Scene, disaster: Disaster, { name }: Variant): Promise<Cluster> => {
  const { onServer, clusterIn } = scene;
  const { base, point } = disaster;
  const restored = clusterIn(`restored-${name}`);
  // Each restore begins a timeline in the same archive; none is to go on with another's.
  const backup = { BASE: dirname(base), NIGHT: basename(base), ARCHIVE: disaster.archive, TIMELINE: FIRST_TIMELINE };
  const variables = { PGDATA: restored.options.directory, ...backup, POINT: point };
  await onServer('recovery_target_time', variables);
  return restored;
};

const without = (all: ReadonlySet<string>, those: ReadonlySet<string>): readonly string[] =>
  [...all].filter((id) => !those.has(id));

/** What is there after a restore, and was not at the point, or the other way round. */
export const differences = (there: ReadonlySet<string>, { atPoint }: Recorded): readonly string[] => [
  ...without(atPoint, there).map((id) => `${id} was recorded before the point, and is not there`),
  ...without(there, atPoint).map((id) => `${id} was recorded after the point, and is there`),
];

const namedIn = (file: string): ReadonlySet<string> => {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const events = lines.map((line) => JSON.parse(line) as { readonly lost: boolean; readonly event_id: string });
  return new Set(events.filter(({ lost }) => lost).map(({ event_id }) => event_id));
};

/** Beside a newer Redis: refused, told what was lost, and made to fit. */
export const makeFit = async (means: Means, { atDisaster, atPoint }: Recorded): Promise<readonly string[]> => {
  const { context, asOurselves, startPanier } = means;
  const refusal = await startPanier('refused').then(
    () => 'panier started beside a Redis that is newer',
    (error: unknown) => String(error),
  );
  if (!refusal.includes(REFUSED)) return [refusal];
  context.note(`panier refuses: ${REFUSED} …`);
  for (const line of (await asOurselves('npm run restored\n')).split('\n')) if (line !== '') context.note(line);
  const list = join(context.directory, 'lost.jsonl');
  await asOurselves('--mend', { LOST: list });
  const [lost, named] = [new Set(without(atDisaster, atPoint)), namedIn(list)];
  context.note(`${lost.size} events were lost, ${named.size} are named`);
  return [
    ...without(lost, named).map((id) => `${id} was lost, and nobody was told`),
    ...without(named, lost).map((id) => `${id} was named as lost, and was not`),
  ];
};

/** Starts panier beside what was restored; returns what is wrong, and when a customer was answered again. */
export const goOn = async ({ context, asOurselves, startPanier }: Means, name: string) => {
  const panier = await startPanier(name);
  const flight = { url: panier.options.url ?? '', history: new History(), patienceMs: CANARY_PATIENCE_MS };
  await flyCanary({ ...flight, mayBeRefused: false });
  const answeredMs = performance.now();
  context.note('a customer buys; npm run verify');
  const verdict = await asOurselves('npm run verify').catch((error: Error) => error.message);
  context.note(verdict.split('\n').find((line) => / rules (hold|are broken)\.$/.test(line)) ?? verdict);
  await panier.stop();
  return { wrong: /^All \d+ rules hold\.$/m.test(verdict) ? [] : [`npm run verify: ${verdict}`], answeredMs };
};

const CAUGHT_UP = `
  select from pg_stat_replication
  where state = 'streaming' and sync_state = 'sync' and replay_lsn >= pg_current_wal_lsn()`;
/** Does not wait for the standby, which may be gone by then. */
const COMMIT = 'begin; set local synchronous_commit = local; select txid_current(); commit';

/** A standby of the restored server goes on with it, past the point, by the commands of the failover. */
const standBy = async ({ context, clusterIn, makeStandby }: Scene, restored: Cluster): Promise<void> => {
  context.step('makes a standby of the restored server');
  const standby = clusterIn('standby', await freePort());
  await makeStandby(standby);
  await restored.query(COMMIT);
  const look = async () => ((await restored.query(CAUGHT_UP)).length === 1 ? true : null);
  await until({ what: 'the standby goes on with the restored server', ms: STANDBY_PATIENCE_MS, look });
  context.note('it streams');
  standby.kill();
};

/** Restores PostgreSQL beside such a Redis, and goes on; returns what is wrong, and when a customer was answered again. */
export const tryVariant = async (scene: Scene, disaster: Disaster, variant: Variant) => {
  const { context, redis } = scene;
  context.step(`restores to ${disaster.point}; Redis is ${variant.name}`);
  const cluster = await restore(scene, disaster, variant);
  await redis.startOn(variant.redis);
  const wrong = [...differences(await ownIds(cluster), disaster)];
  if (variant.name === 'newer') wrong.push(...(await makeFit(scene, disaster)));
  const { wrong: after, answeredMs } = await goOn(scene, `after-${variant.name}`);
  if (variant.name === 'empty') await standBy(scene, cluster);
  cluster.kill();
  return { wrong: [...wrong, ...after].map((line) => `Redis ${variant.name}: ${line}`), answeredMs };
};
