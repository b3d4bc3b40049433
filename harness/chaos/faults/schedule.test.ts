import { describe, expect, it } from 'vitest';
import { Random } from '../../support/random.ts';
import type { Stage } from '../stage/index.ts';
import { type Fault, Injections, Schedule } from './index.ts';

type Outcome = Awaited<ReturnType<Fault['strike']>> | Error;

const faultOf = (place: Fault['place'], strike: () => Promise<Outcome>): Fault => ({
  place,
  strike: async () => {
    const outcome = await strike();
    if (outcome instanceof Error) throw outcome;
    return outcome;
  },
});

/** Each of these strikes once; the last of them ends it. */
const scheduleAfter = async (faults: ReadonlyMap<string, Fault>, recover: () => Promise<number | null>) => {
  const ending = new AbortController();
  const context = { stage: {} as Stage, injections: new Injections(), random: new Random(1) };
  let left = faults.size;
  const counted = new Map(
    [...faults].map(([kind, { place, strike }]): [string, Fault] => [
      kind,
      {
        place,
        strike: async (given) => {
          left -= 1;
          if (left === 0) ending.abort();
          return strike(given);
        },
      },
    ]),
  );
  const schedule = new Schedule({ context, faults: counted, opening: counted, recover });
  await schedule.run(ending.signal);
  return schedule;
};

describe('a schedule of faults', () => {
  it('tells what struck from what hit nothing and what could not be injected', async () => {
    const hits = await scheduleAfter(new Map([['kill', faultOf('redis', async () => 'killed')]]), async () => 7);
    expect(hits.struck).toEqual([{ kind: 'kill', what: 'killed', recoveredAfterMs: 7, wasCalm: true }]);
    const misses = await scheduleAfter(new Map([['groups', faultOf('redis', async () => null)]]), async () => 7);
    expect([misses.struck, misses.missed]).toEqual([[], ['groups']]);
    const fails = await scheduleAfter(new Map([['oom', faultOf('redis', async () => new Error('no'))]]), async () => 7);
    expect(fails.failures).toEqual([{ kind: 'oom', message: 'no', wasCalm: true }]);
  });

  it('knows whether another fault was under way', async () => {
    const both = Promise.withResolvers<string>();
    const faults = new Map([
      ['kill', faultOf('redis', () => both.promise)],
      [
        'pause',
        faultOf('processes', async () => {
          both.resolve('killed');
          return 'paused';
        }),
      ],
    ]);
    const { struck } = await scheduleAfter(faults, async () => null);
    expect(struck.map(({ wasCalm }) => wasCalm)).toEqual([false, false]);
  });
});
