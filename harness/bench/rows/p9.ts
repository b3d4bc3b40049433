import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Contestant, type Round, type Row, spreadOf } from '../measure/index.ts';
import { ask, makeDirectory, startPanier } from '../stage/index.ts';
import type { Scale } from './scale.ts';

const GOAL_EXISTING_SECONDS = 3;
const GOAL_NONE_SECONDS = 10;

/** Starts panier with its own servers in `dataDir`, asks one question, and stops it again. Only start to answer counts. */
const startUp = async (dataDir: string): Promise<Round> => {
  const startedAt = performance.now();
  await using panier = await startPanier({ environment: { PANIER_DATA_DIR: dataDir } });
  await ask(panier.url, '{ products(first: 1) { pageInfo { hasNextPage } } }');
  return { operations: 1, seconds: (performance.now() - startedAt) / 1_000, cpuMicros: {} };
};

const contestant = async (name: string, dataDirOf: (root: string, round: number) => string): Promise<Contestant> => {
  const root = makeDirectory();
  let started = 0;
  let answered = 0;
  return {
    name,
    round: async () => {
      started += 1;
      const dataDir = dataDirOf(root.path, started);
      mkdirSync(dataDir, { recursive: true, mode: 0o711 });
      const round = await startUp(dataDir);
      answered += 1;
      return round;
    },
    verify: async () => {
      if (answered === 0 || answered !== started)
        throw new Error(`${name}: ${answered} of ${started} starts answered.`);
    },
    [Symbol.asyncDispose]: async () => root[Symbol.dispose](),
  };
};

const NONE = 'panier, no data';
const EXISTING = 'panier, existing data';

/** Its first start, which makes the data, is the turn that does not count. */
const existing = () => contestant(EXISTING, (root) => join(root, 'kept'));

export const p9 = ({ isQuick }: Scale): Row => ({
  id: 'P9',
  title: 'From start to first answer',
  goal: `≤ ${GOAL_EXISTING_SECONDS} s on existing data, ≤ ${GOAL_NONE_SECONDS} s on none (its own PostgreSQL and Redis included)`,
  contestants: [...(isQuick ? [] : [existing]), () => contestant(NONE, (root, round) => join(root, `new-${round}`))],
  judge: (results) => {
    const secondsOf = (name: string): number =>
      spreadOf((results.get(name) ?? []).map(({ seconds }) => seconds)).median;
    const [kept, none] = [secondsOf(EXISTING), secondsOf(NONE)];
    return {
      measured: `${kept.toFixed(2)} s existing, ${none.toFixed(2)} s none`,
      limit: '–',
      ratio: null,
      met: kept <= GOAL_EXISTING_SECONDS && none <= GOAL_NONE_SECONDS,
    };
  },
});
