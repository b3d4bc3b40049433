/** What the shoppers ask of panier before the first fault. */
export interface Load {
  readonly mutationsPerSecond: number;
  readonly shoppers: number;
  /** Whether more shoppers got no more answers: it is all that this machine gives. */
  readonly isAtLimit: boolean;
}

export interface Crowd {
  readonly shoppers: number;
  readonly letIn: () => void;
}

export const ENOUGH_MUTATIONS_PER_SECOND = 50;

const MAX_SHOPPERS = 256;
/** More by less than this share is no more. */
const NOTICEABLE = 1.1;
const FRUITLESS_ROUNDS = 2;

/** Lets shoppers in until the load is enough, or until more of them no longer bring more of it. */
export const raiseLoad = async (crowd: Crowd, measure: () => Promise<number>): Promise<Load> => {
  let best = await measure();
  let fruitless = 0;
  while (best < ENOUGH_MUTATIONS_PER_SECOND && fruitless < FRUITLESS_ROUNDS && crowd.shoppers < MAX_SHOPPERS) {
    crowd.letIn();
    const rate = await measure();
    fruitless = rate < best * NOTICEABLE ? fruitless + 1 : 0;
    best = Math.max(best, rate);
  }
  const isAtLimit = best < ENOUGH_MUTATIONS_PER_SECOND && fruitless === FRUITLESS_ROUNDS;
  return { mutationsPerSecond: best, shoppers: crowd.shoppers, isAtLimit };
};
