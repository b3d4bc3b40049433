import type { Random } from '../support/random.ts';
import { ENTRANCES, type EntranceName, WEIGHTS } from './entrances/index.ts';
import type { Stage } from './stage.ts';

/** How often what was done, by entrance and kind. */
export type Tally = Map<string, number>;

interface Campaign {
  readonly random: Random;
  readonly forMs: number;
  readonly entrances: readonly EntranceName[];
}

const STRANGERS = 12;
const MAX_ATTACKS = 1_000_000;

const oneStranger = async (stage: Stage, { random, forMs, entrances }: Campaign, tally: Tally): Promise<void> => {
  const chosen = entrances.flatMap((name) => Array.from({ length: WEIGHTS[name] }, () => name));
  const until = performance.now() + forMs;
  for (let nth = 0; nth < MAX_ATTACKS && performance.now() < until && stage.ended() === null; nth += 1) {
    const name = random.pick(chosen);
    const kind = await ENTRANCES[name](stage, random.fork());
    const counted = `${name}: ${kind}`;
    tally.set(counted, (tally.get(counted) ?? 0) + 1);
  }
};

/** Strangers who come at once, each with luck of their own; until the time is up, or the process. */
export const attack = async (stage: Stage, campaign: Campaign): Promise<Tally> => {
  const tally: Tally = new Map();
  const strangers = Array.from({ length: STRANGERS }, (_, nth) => campaign.random.named(`stranger ${nth}`));
  await Promise.all(strangers.map((random) => oneStranger(stage, { ...campaign, random }, tally)));
  return tally;
};
