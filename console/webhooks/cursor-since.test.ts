import { describe, expect, it } from 'vitest';
import { cursorSince, type EventCursors } from './cursor-since.ts';

/** A store of events of these hours, in its order. */
const storeOf = (...hours: readonly number[]): EventCursors => {
  const cursorAt = (at: number): string | null => (at >= 0 && at < hours.length ? String(at) : null);
  return {
    firstSince: async (instant) => cursorAt(hours.findIndex((hour) => hour >= Number(instant))),
    before: async (cursor) => cursorAt(cursor === null ? hours.length - 1 : Number(cursor) - 1),
  };
};

/** A store to which an event of that hour comes behind each answer. */
const growingBy = (hour: number, ...hours: number[]): EventCursors => {
  const grown = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    await answer;
    hours.push(hour);
    return answer;
  };
  return {
    firstSince: (instant) => grown(storeOf(...hours).firstSince(instant)),
    before: (cursor) => grown(storeOf(...hours).before(cursor)),
  };
};

describe('where events since a time begin', () => {
  it('passes over none that lies in front of an earlier one', async () => {
    expect(await cursorSince(storeOf(1, 4, 2, 5), '3')).toBe('0');
  });

  it('is the beginning where the first one fits', async () => {
    expect(await cursorSince(storeOf(4, 5), '3')).toBeNull();
  });

  it('is the end where none fits', async () => {
    expect(await cursorSince(storeOf(1, 2), '3')).toBe('1');
  });

  it('passes over none that comes while it is asked for', async () => {
    expect(await cursorSince(growingBy(4, 1, 2), '3')).toBe('1');
  });
});
