import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PARTITIONS, NO_POSITIONS, type Positions } from '../events/index.ts';
import { MAX_ARGUMENT } from './bounded-arguments.ts';
import { decodeBeforeEvent, decodeEventCursor, encodeEventCursor, encodePositions } from './event-cursor.ts';

const written = (text: string): string => Buffer.from(text).toString('base64url');

const position = fc.oneof(fc.constant(1n), fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }));
const positions = fc
  .array(fc.tuple(fc.nat({ max: 7 }), position), { minLength: 1, maxLength: 8 })
  .map((entries): Positions => new Map(entries));
const place = positions.chain((seen) =>
  fc.constantFrom(...seen.keys()).map((partition) => ({ seen, partition, position: seen.get(partition) ?? 0n })),
);

const decodedOr = (otherwise: Positions, cursor: string): Positions => {
  try {
    return decodeEventCursor(cursor);
  } catch {
    return otherwise;
  }
};

describe('the cursor of an event', () => {
  it('stands for what was seen of every partition, and before the event for what was seen before it', () => {
    fc.assert(
      fc.property(place, ({ seen, partition, position: at }) => {
        const cursor = encodeEventCursor({ seen, partition });
        expect(decodeEventCursor(cursor)).toEqual(seen);
        const before = new Map(seen).set(partition, at - 1n);
        if (at === 1n) before.delete(partition);
        expect(decodeBeforeEvent(cursor)).toEqual(before);
      }),
    );
  });

  it.each([
    ['event:0', []],
    ['event:1', [[0, 1n]]],
    ['event:9223372036854775807', [[0, 9_223_372_036_854_775_807n]]],
  ] as const)('that was handed out where there was one partition stands for it: %s', (text, seen) => {
    expect(decodeEventCursor(written(text))).toEqual(new Map(seen));
    expect(encodePositions(new Map(seen))).toBe(written(text));
  });

  it('fits into an argument however many partitions there are, for a hundred years of twenty thousand a second', () => {
    const seen = new Map(Array.from({ length: MAX_PARTITIONS }, (_, nth) => [nth, 63_000_000_000_000n + BigInt(nth)]));
    const cursor = encodeEventCursor({ seen, partition: 3 });
    expect(cursor.length).toBeLessThan(MAX_ARGUMENT);
    expect(decodeEventCursor(cursor)).toEqual(seen);
  });

  it.each([
    ['a position below none', 'event:-1'],
    ['a position below none in a list', 'event:1,-2'],
    ['more than PostgreSQL counts', 'event:9223372036854775808'],
    ['more than PostgreSQL counts in a list', 'event:1,1y2p0ij32e8e8'],
    ['a partition that there cannot be', `event:${','.repeat(64)}1`],
    ['a list that ends with nothing', 'event:1,2,'],
    ['a list of one', 'event:a'],
    ['a number that is written otherwise', 'event:01,2'],
    ['another case', 'event:1,A'],
    ['nothing', 'event:'],
    ['nothing in a list', 'event:,'],
    ['the partition of another event than the latest, which is the latest', 'event:1,2!1'],
    ['a partition of which nothing was seen', 'event:1,2!5'],
    ['a partition that is no number', 'event:1,2!x'],
    ['partitions by name, out of order', 'event:3:5,1:7'],
    ['far too much', `event:${Array<string>(64).fill('zzzzzzzzzzzzz').join()}`],
  ])('that nobody made is refused: %s', (_what, text) => {
    for (const decode of [decodeEventCursor, decodeBeforeEvent])
      expect(() => decode(written(text))).toThrow(/is not a cursor of this list/);
  });

  it('made of any text is refused, or is the one that stands for what it says', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d,az-]{0,20}$/), (text) => {
        const cursor = written(`event:${text}`);
        const read = decodedOr(NO_POSITIONS, cursor);
        expect([cursor, encodePositions(NO_POSITIONS)]).toContain(encodePositions(read));
      }),
    );
  });
});
