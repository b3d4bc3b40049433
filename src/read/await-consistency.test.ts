import { describe, expect, it } from 'vitest';
import { awaitEvents } from './await-consistency.ts';
import { Watches } from './live/watches.ts';

const EVENTS = [{ eventId: 'event_1', aggregateId: 'order_1' }];
const LONG_MS = 10_000;

/** What is stored, whoever asks, and how often somebody has asked. */
const openStore = (watches: Watches) => {
  const store = { isStored: false, asked: 0 };
  const tell = (): void => {
    store.isStored = true;
    watches.wake('orders', ['order_1']);
  };
  return { store, tell };
};

describe('waiting for events', () => {
  it('asks once before anything changes, and once when it does', async () => {
    const watches = new Watches();
    const { store, tell } = openStore(watches);
    const areStored = async (): Promise<boolean> => {
      store.asked += 1;
      return store.isStored;
    };
    const waiting = awaitEvents({ areStored, changes: watches }, EVENTS, LONG_MS);
    await new Promise(setImmediate);
    expect(store.asked).toBe(1);
    tell();
    expect(await waiting).toBe(true);
    expect(store.asked).toBe(2);
  });

  it('misses no change that comes while it is asking', async () => {
    const watches = new Watches();
    const { store, tell } = openStore(watches);
    const areStored = async (): Promise<boolean> => {
      const { isStored } = store;
      await Promise.resolve();
      if (!isStored) tell();
      return isStored;
    };
    expect(await awaitEvents({ areStored, changes: watches }, EVENTS, LONG_MS)).toBe(true);
  });

  it('is over with its time', async () => {
    const changes = new Watches();
    expect(await awaitEvents({ areStored: async () => false, changes }, EVENTS, 5)).toBe(false);
  });
});
