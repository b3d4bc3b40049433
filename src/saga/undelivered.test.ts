import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ORDER_OVER, PRODUCERS, type Recorded } from '../events/index.ts';
import { apply } from './apply.ts';
import type { OwnersWord } from './decide.ts';
import { AT_LEDGER, afterAll, levelsOf } from './ledger.fixture.ts';
import { cancelled, confirmed, created, failed } from './received.fixture.ts';
import { undeliveredOf } from './undelivered.ts';

const ORDER = 'order_1';
const STOCK = 10;

const begun = created(ORDER, { prod_1: 2 });
const decided = confirmed(ORDER);

/** Those of the events that were not delivered to a ledger which has received others. */
const undeliveredAfter = async (
  received: readonly Recorded<OwnersWord>[],
  asked: readonly Recorded[],
): Promise<readonly string[]> => {
  const { reservations } = afterAll(STOCK, received);
  return undeliveredOf(
    { reservations: async () => reservations },
    asked.map(({ envelope }) => envelope),
  );
};

const idsOf = (events: readonly Recorded[]): readonly string[] => events.map(({ envelope }) => envelope.eventId);

describe('the events that were not delivered to the saga', () => {
  it('are those of orders that it knows nothing of', async () => {
    expect(await undeliveredAfter([], [begun, decided])).toEqual(idsOf([begun, decided]));
  });

  it('are those that came after what it received', async () => {
    expect(await undeliveredAfter([begun], [begun, decided])).toEqual(idsOf([decided]));
    expect(await undeliveredAfter([decided], [begun, decided])).toEqual(idsOf([begun]));
  });

  it('are none that decide nothing any more', async () => {
    const over = failed(ORDER, {}, ORDER_OVER);
    expect(await undeliveredAfter([begun], [over])).toEqual([]);
    expect(await undeliveredAfter([begun, cancelled(ORDER)], [decided])).toEqual([]);
  });

  it('are none that the owner did not say, and none that nobody can read', async () => {
    const stranger = created(ORDER, { prod_1: 2 }, { producer: PRODUCERS.saga });
    const unreadable = { ...begun, envelope: { ...begun.envelope, data: {} } };
    expect(await undeliveredAfter([], [stranger, unreadable])).toEqual([]);
  });

  it('are all that the stock depends on, whatever was received before', async () => {
    const words = [begun, decided, failed(ORDER), cancelled(ORDER)];
    const some = fc.shuffledSubarray(words);
    await fc.assert(
      fc.asyncProperty(some, some, async (received, asked) => {
        const undelivered = new Set(await undeliveredAfter(received, asked));
        const [whole, mended] = [afterAll(STOCK, received), afterAll(STOCK, received)];
        for (const word of asked) apply(whole, word, AT_LEDGER);
        for (const word of asked) if (undelivered.has(word.envelope.eventId)) apply(mended, word, AT_LEDGER);
        expect(levelsOf(mended)).toEqual(levelsOf(whole));
        expect(await undeliveredAfter([...received, ...asked], asked)).toEqual([]);
      }),
    );
  });
});
