import type { Contestant } from '../measure/index.ts';

interface Afresh {
  readonly open: () => Promise<Contestant>;
  /** How many rounds long its first turn is. */
  readonly warmUps: number;
}

/**
 * A contestant that is opened for each round, has a first turn that does not count, and is closed: many processes that
 * waited for their turns would take a good part of the machine from whoever has its own.
 */
export const afresh = (name: string, { open, warmUps }: Afresh): Contestant => ({
  name,
  round: async (seconds) => {
    await using opened = await open();
    await opened.round(seconds * warmUps);
    const round = await opened.round(seconds);
    await opened.verify();
    return round;
  },
  verify: async () => {},
  [Symbol.asyncDispose]: async () => {},
});
