import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flyCanary, History } from '../../chaos/shop/index.ts';
import type { Cluster } from '../postgres/index.ts';
import { copyOf, ownIds, type Scene } from './scene.ts';

/** What was there at the point, what there was when it happened, and what to restore from. */
export interface Disaster {
  readonly point: string;
  readonly atPoint: ReadonlySet<string>;
  readonly atDisaster: ReadonlySet<string>;
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

const CANARY_PATIENCE_MS = 60_000;

const REFUSED = 'Redis is newer than the database';

const restore = async (scene: Scene, disaster: Disaster, { name }: Variant): Promise<Cluster> => {
  const { onServer, places, clusterIn } = scene;
  const { base, point } = disaster;
  const restored = clusterIn(`restored-${name}`);
  // The timeline that another restore began is not to be gone on with.
  const archive = copyOf(disaster.archive, join(places.pg, `archive-${name}`));
  const variables = { PGDATA: restored.options.directory, BASE: base, ARCHIVE: archive, POINT: point };
  await onServer('recovery_target_time', variables);
  return restored;
};

const without = (all: ReadonlySet<string>, those: ReadonlySet<string>): readonly string[] =>
  [...all].filter((id) => !those.has(id));

const differences = async (cluster: Cluster, { atPoint }: Disaster): Promise<readonly string[]> => {
  const there = await ownIds(cluster);
  return [
    ...without(atPoint, there).map((id) => `${id} was recorded before the point, and is not there`),
    ...without(there, atPoint).map((id) => `${id} was recorded after the point, and is there`),
  ];
};

const namedIn = (file: string): ReadonlySet<string> => {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const events = lines.map((line) => JSON.parse(line) as { readonly lost: boolean; readonly event_id: string });
  return new Set(events.filter(({ lost }) => lost).map(({ event_id }) => event_id));
};

/** Beside a newer Redis: refused, told what was lost, and made to fit. */
const makeFit = async (scene: Scene, { atDisaster, atPoint }: Disaster): Promise<readonly string[]> => {
  const { context, asOurselves, startPanier } = scene;
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

/** Restores PostgreSQL beside such a Redis, and goes on; returns what is wrong, and when a customer was answered again. */
export const tryVariant = async (scene: Scene, disaster: Disaster, variant: Variant) => {
  const { context, redis, asOurselves, startPanier } = scene;
  context.step(`restores to ${disaster.point}; Redis is ${variant.name}`);
  const cluster = await restore(scene, disaster, variant);
  await redis.startOn(variant.redis);
  const wrong = [...(await differences(cluster, disaster))];
  if (variant.name === 'newer') wrong.push(...(await makeFit(scene, disaster)));
  const panier = await startPanier(`after-${variant.name}`);
  const flight = { url: panier.options.url ?? '', history: new History(), patienceMs: CANARY_PATIENCE_MS };
  await flyCanary({ ...flight, mayBeRefused: false });
  const answeredMs = performance.now();
  context.note('a customer buys; npm run verify');
  const verdict = await asOurselves('npm run verify').catch((error: Error) => error.message);
  if (!/^All \d+ rules hold\.$/m.test(verdict)) wrong.push(`npm run verify: ${verdict}`);
  context.note(verdict.split('\n').find((line) => / rules (hold|are broken)\.$/.test(line)) ?? verdict);
  await panier.stop();
  cluster.kill();
  return { wrong: wrong.map((line) => `Redis ${variant.name}: ${line}`), answeredMs };
};
