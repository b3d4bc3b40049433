import { describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { systemClock } from '../platform/index.ts';
import { openLook } from './looks.ts';

const EVERY_MS = 20;
const looking = { clock: systemClock, everyMs: EVERY_MS };

describe('what a store said last', () => {
  it('is not asked for while nobody wants to know it', async () => {
    let asked = 0;
    await using _look = openLook(async () => (asked += 1), looking);
    await systemClock.sleep(4 * EVERY_MS);
    expect(asked).toBe(0);
  });

  it('is asked for every while, however often it is wanted', async () => {
    let asked = 0;
    await using look = openLook(async () => (asked += 1), { ...looking, everyMs: 60_000 });
    for (let times = 0; times < 1_000; times += 1) look.seen();
    await eventually(() => expect(look.seen()).toBe(1));
    expect(asked).toBe(1);
  });

  it('is absent when it is not said again, and holds up nobody', async () => {
    let isAway = false;
    const ask = () => (isAway ? new Promise<never>(() => undefined) : Promise.resolve('there'));
    await using look = openLook(ask, looking);
    await eventually(() => expect(look.seen()).toBe('there'));
    isAway = true;
    await eventually(() => expect(look.seen()).toBe(null));
    isAway = false;
    await eventually(() => expect(look.seen()).toBe('there'));
  });
});
