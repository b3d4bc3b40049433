import { describe, expect, it } from 'vitest';
import { openAreStored } from './are-stored.ts';

/** An event store with these events, and what it was asked for. */
const storeOf = (...stored: readonly string[]) => {
  const asked: (readonly string[])[] = [];
  const storedOf = async (eventIds: readonly string[]): Promise<ReadonlySet<string>> => {
    asked.push(eventIds);
    return new Set(eventIds).intersection(new Set(stored));
  };
  return { asked, areStored: openAreStored(storedOf) };
};

describe('whether events are stored', () => {
  it('is asked once for all who ask in one turn of the event loop', async () => {
    const { asked, areStored } = storeOf('event_1', 'event_2');
    const soon = new Promise<boolean>((resolve) => process.nextTick(() => resolve(areStored(['event_2', 'event_3']))));
    expect(await Promise.all([areStored(['event_1', 'event_2']), soon, areStored([])])).toEqual([true, false, true]);
    expect(asked).toEqual([['event_1', 'event_2', 'event_3']]);
  });

  it('is asked anew by who asks later', async () => {
    const { asked, areStored } = storeOf();
    await areStored(['event_1']);
    await areStored(['event_1']);
    expect(asked).toEqual([['event_1'], ['event_1']]);
  });
});
