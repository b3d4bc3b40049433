import { describe, expect, it } from 'vitest';
import { openLogger } from '../platform/index.ts';
import { ForeignRedis, type MarkPlace, Ownership } from './index.ts';

const PROBLEM = 'Redis is newer than the database';
const AGAIN = 'Redis is the one of this database again: everything goes on';
const NOT = 'Redis is not the one of this database: nothing is read from it or published to it';

const markOf = (stream: string): MarkPlace => ({ journal: 'write', stream, key: `${stream}:published:write` });
const [CARTS, ORDERS] = [markOf('carts'), markOf('orders')];

/** One that sees all, and one that sees a part; what they say, and how to let time pass. */
const observers = () => {
  let nowMs = 1_000;
  const said: string[] = [];
  const write = (line: string) => void said.push((JSON.parse(line) as { readonly msg: string }).msg);
  const whole = new Ownership({
    databaseId: '00000000-0000-0000-0000-000000000000',
    marks: [CARTS, ORDERS],
    objection: async () => null,
    logger: openLogger('warn', { destination: { write } }),
    clock: { nowMs: () => nowMs, sleep: async () => {} },
  });
  const passMs = (ms: number): void => {
    nowMs += ms;
  };
  return { whole, part: whole.seenBy(() => [CARTS]), said, passMs };
};

describe('whose Redis it is', () => {
  it('stays in doubt for all until the one that found it finds nothing', () => {
    const { whole, part, said } = observers();
    whole.note(PROBLEM);
    part.note(PROBLEM);
    expect(() => part.clear()).toThrow(ForeignRedis);
    expect([whole.problem, part.problem]).toEqual([PROBLEM, PROBLEM]);
    whole.clear();
    expect([whole.problem, part.problem]).toEqual([null, null]);
    expect(said).toEqual([NOT, AGAIN]);
  });

  it('is told by one that sees as much in place of one that looks no more', () => {
    const { whole, part, said, passMs } = observers();
    part.note(PROBLEM);
    passMs(9_999);
    part.note(PROBLEM);
    passMs(9_999);
    expect(() => whole.clear()).toThrow(PROBLEM);
    passMs(1);
    whole.clear();
    expect(part.problem).toBeNull();
    expect(said).toEqual([NOT, AGAIN]);
  });

  it('is never told by one that sees less', () => {
    const { whole, part, passMs } = observers();
    whole.note(PROBLEM);
    passMs(60_000);
    expect(() => part.clear()).toThrow(PROBLEM);
  });
});
