import { describe, expect, it } from 'vitest';
import { type Followable, Trail } from './trail.ts';

/** A store of one partition: ids of events by their positions, on a timeline. */
const storeOf = () => {
  const store = { events: ['a'], timeline: 1, isBehind: false, timelineBefore: 0 };
  let areHeadsAsked = false;
  const at = (position: bigint) => {
    const eventId = store.events[Number(position) - 1];
    return eventId === undefined ? [] : [{ partition: 0, position, envelope: { eventId } }];
  };
  const asked: Followable = {
    heads: async () => {
      areHeadsAsked = true;
      return new Map([[0, BigInt(store.events.length)]]);
    },
    at: async (positions) => (store.isBehind ? [] : positions.flatMap(at)),
    standing: async () => ({
      system: 'one',
      timeline: areHeadsAsked ? store.timeline : store.timelineBefore || store.timeline,
    }),
  };
  const beginLook = (): void => {
    areHeadsAsked = false;
  };
  return Object.assign(store, { trail: new Trail(asked), beginLook });
};

type Store = ReturnType<typeof storeOf>;

const keptTo = async ({ trail, beginLook }: Store): Promise<bigint | null> => {
  beginLook();
  const look = await trail.look();
  trail.note(look);
  return look.keptTo === null ? null : (look.keptTo.get(0) ?? 0n);
};

const seen = async (...stands: readonly string[]): Promise<Store> => {
  const store = storeOf();
  for (const stand of stands) {
    store.events = Array.from(stand);
    expect(await keptTo(store)).toBeNull();
  }
  return store;
};

describe('an event store that is looked at again and again', () => {
  it('has lost nothing while it grows', async () => {
    const store = await seen('a', 'a', 'abc', 'abcd');
    store.events = Array.from('abcdefg');
    expect(await keptTo(store)).toBeNull();
  });

  it.each([
    { now: 'ab', to: 1n },
    { now: 'abc', to: 3n },
    { now: 'abcxyz', to: 3n },
    { now: 'axyzxyz', to: 1n },
  ])('holds what it held as far as the newest look that shows in it: $now', async ({ now, to }) => {
    const store = await seen('a', 'abc', 'abcd');
    store.events = Array.from(now);
    expect(await keptTo(store)).toBe(to);
    expect(await keptTo(store)).toBeNull();
  });

  it('may have lost what came after the last look, where another server was promoted', async () => {
    const store = await seen('a', 'abc');
    Object.assign(store, { events: Array.from('abcxyz'), timeline: 2 });
    expect(await keptTo(store)).toBe(3n);
    expect(await keptTo(store)).toBeNull();
  });

  it('tells so again until it is noted', async () => {
    const store = await seen('a', 'abc');
    store.events = Array.from('ax');
    for (let look = 0; look < 2; look += 1) expect((await store.trail.look()).keptTo).toEqual(new Map([[0, 1n]]));
  });

  it('may have lost what came after the last look, where another server answered meanwhile', async () => {
    const store = await seen('a', 'abc');
    Object.assign(store, { events: Array.from('abcxyz'), timelineBefore: 2 });
    expect(await keptTo(store)).toBe(3n);
  });

  it('is looked at again where the server that was asked lacks what it was said to end with', async () => {
    const store = await seen('a', 'abc');
    store.isBehind = true;
    await expect(store.trail.look()).rejects.toThrow('The event store lacks what it was said to end with');
    Object.assign(store, { events: Array.from('abcx'), isBehind: false });
    expect(await keptTo(store)).toBeNull();
    store.events = Array.from('abcyz');
    expect(await keptTo(store)).toBe(3n);
  });

  it('counts as seen as far as it reaches, and holds no look, where it was restored to before the first one', async () => {
    const store = await seen('abc');
    store.events = Array.from('xy');
    expect(await store.trail.look()).toMatchObject({ kept: [], keptTo: new Map([[0, 2n]]) });
  });

  it('is known of old, the less closely the older', async () => {
    const letters = Array.from({ length: 1_000 }, (_, nth) => String.fromCodePoint(0x4e_00 + nth));
    const store = await seen(...letters.map((_, nth) => letters.slice(0, nth + 1).join('')));
    store.events = [...letters.slice(0, 970), 'x'];
    expect(await keptTo(store)).toBe(970n);
    store.events = [...letters.slice(0, 500), 'y'];
    const kept = await keptTo(store);
    expect(kept).toBeGreaterThan(250n);
    expect(kept).toBeLessThanOrEqual(500n);
  });
});
