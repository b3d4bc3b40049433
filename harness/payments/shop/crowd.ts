import { Random } from '../../support/random.ts';
import type { Options } from '../options.ts';
import type { Stage } from '../stage.ts';
import { PLAYS, type Play } from './plays.ts';
import { shop } from './shopper.ts';

interface Placed {
  readonly play: Pick<Play, 'name' | 'ends'>;
  readonly orderId: string;
}

/** What came of all customers. */
export interface Crowd {
  readonly placed: readonly Placed[];
  /** Why some could not do what they may. */
  readonly refused: readonly string[];
}

const playOf = (random: Random): Play => {
  let left = random.between(0, 100);
  for (const play of PLAYS) {
    left -= play.share;
    if (left < 0) return play;
  }
  throw new Error('The shares of the plays are less than a hundred.');
};

/** Customers come one after another, so many at once. `tell` learns how many are done. */
export const shopAll = async (
  { panier, stripe }: Stage,
  { payments, seed, atOnce, minutes }: Options,
  tell: (done: number) => void,
): Promise<Crowd> => {
  const numbers = Array.from({ length: payments }, (_, index) => index).values();
  const until = performance.now() + minutes * 60_000;
  const luck = new Random(seed);
  const placed: Placed[] = [];
  const refused: string[] = [];
  const one = async (name: string): Promise<void> => {
    const random = luck.named(name);
    const play = playOf(random);
    try {
      placed.push({ play, orderId: await shop({ panier, stripe: stripe.controls, random, play, name }) });
    } catch (error) {
      refused.push(`${name}, who ${play.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    tell(placed.length + refused.length);
  };
  const customers = async (): Promise<void> => {
    for (const number of numbers) {
      if (performance.now() >= until) return;
      await one(`customer ${number}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, customers));
  return { placed, refused };
};
