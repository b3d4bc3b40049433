import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { newId } from '../../../src/events/index.ts';
import type { Random } from '../../support/random.ts';

/** Where the simulated time begins. */
export const EPOCH_MS = Date.parse('2026-01-01T00:00:00.000Z');

const RealDate = Date;
const realRandom = Math.random;
const realRandomBytes = crypto.randomBytes;

const dateBy = (nowMs: () => number): DateConstructor =>
  class extends RealDate {
    constructor(...given: readonly unknown[]) {
      if (given.length === 0) super(nowMs());
      else super(...(given as [number]));
    }

    static override now(): number {
      return nowMs();
    }
  } as DateConstructor;

/** Ids are drawn from a pool: what others left in it would be drawn first. */
const emptyPool = (isEmpty: () => boolean): void => {
  while (!isEmpty()) newId('Event');
};

/**
 * Chance and the clock on the wall are the seed's until disposed: what draws an id, a pause or the time of day does so
 * anywhere in the program, also where no port is. Only one at a time.
 */
export const seedChance = (random: Random, nowMs: () => number): Disposable => {
  let isDrawn = false;
  const one = Buffer.alloc(1);
  const randomBytes = (): Buffer => {
    isDrawn = true;
    one[0] = random.integer(0, 255);
    return one;
  };
  globalThis.Date = dateBy(() => EPOCH_MS + Math.floor(nowMs()));
  Math.random = () => random.next();
  crypto.randomBytes = randomBytes as typeof crypto.randomBytes;
  syncBuiltinESMExports();
  emptyPool(() => isDrawn);
  return {
    [Symbol.dispose]: () => {
      globalThis.Date = RealDate;
      Math.random = realRandom;
      crypto.randomBytes = realRandomBytes;
      syncBuiltinESMExports();
    },
  };
};
