import { describe, expect, it } from 'vitest';
import { type Clock, Unavailable } from '../../platform/index.ts';
import type { AppendRow } from './append-statement.ts';
import { type AppendUnits, GroupCommit } from './group-commit.ts';
import type { Unit } from './unit.ts';

const unitOf = (aggregateId: string): Unit => ({
  heads: [{ aggregateId, expectedSequence: 0 }],
  entries: [],
  idempotency: null,
  schedule: [],
  unschedule: [],
});
const units = (count: number): readonly Unit[] => Array.from({ length: count }, (_, nth) => unitOf(`cart_${nth}`));
const idOf = ({ heads }: Unit): string => heads[0]?.aggregateId ?? '';

const appended: AppendRow = {
  request_hash: null,
  result: null,
  is_overtaken: false,
  next_event_id: null,
  occurred_at: new Date(0),
};
const collision = Object.assign(new Error('duplicate key'), { code: '23505' });

/** A journal whose batches are kept back until released. */
const keptBack = () => {
  const released = Promise.withResolvers<void>();
  const batches: (readonly Unit[])[] = [];
  const appendUnits: AppendUnits = async (batch) => {
    batches.push(batch);
    await released.promise;
    return batch.map(() => appended);
  };
  return { batches, appendUnits, release: released.resolve };
};

const groupCommitOn = (appendUnits: AppendUnits) => {
  const slept: number[] = [];
  const clock: Clock = { nowMs: () => 0, sleep: async (ms) => void slept.push(ms) };
  return { slept, journal: new GroupCommit({ appendUnits, clock, onCommit: () => {} }) };
};

describe('a group commit', () => {
  it('has two batches on their way at once, and no more', async () => {
    const { batches, appendUnits, release } = keptBack();
    const { journal } = groupCommitOn(appendUnits);
    const outcomes = units(1_000).map((unit) => journal.append(unit));
    await Promise.resolve();
    expect(batches).toHaveLength(2);
    release();
    expect(await Promise.all(outcomes)).toHaveLength(1_000);
    expect(batches.flat().map(idOf).toSorted()).toEqual(units(1_000).map(idOf).toSorted());
  });

  it('turns away what it cannot keep waiting, and writes what it took on', async () => {
    const { appendUnits, release } = keptBack();
    const { journal } = groupCommitOn(appendUnits);
    const taken: Promise<unknown>[] = [];
    const fill = () => {
      for (const unit of units(30_000)) taken.push(journal.append(unit));
    };
    expect(fill).toThrow(Unavailable);
    expect(taken.length).toBeLessThan(21_000);
    release();
    await Promise.all(taken);
    expect(await journal.append(unitOf('cart_late'))).toMatchObject({ type: 'Appended' });
  });

  it('does not make the neighbours of a collision wait', async () => {
    let collisions = 1;
    const { journal, slept } = groupCommitOn(async (batch) => {
      if (collisions-- > 0) throw collision;
      return batch.map((unit) => ({ ...appended, is_overtaken: idOf(unit) === 'cart_3' }));
    });
    const outcomes = await Promise.all(units(10).map((unit) => journal.append(unit)));
    expect(outcomes.filter(({ type }) => type === 'Overtaken')).toHaveLength(1);
    expect(slept).toEqual([]);
  });

  it('finds the one that cannot be written in few attempts', async () => {
    let attempts = 0;
    const { journal } = groupCommitOn(async (batch) => {
      attempts += 1;
      if (batch.some((unit) => idOf(unit) === 'cart_77')) throw new Error('cannot be kept');
      return batch.map(() => appended);
    });
    const outcomes = await Promise.allSettled(units(128).map((unit) => journal.append(unit)));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(outcomes[77]?.status).toBe('rejected');
    expect(attempts).toBeLessThan(24);
  });
});

const atWork = (appendUnits: AppendUnits) => {
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs, sleep: async (ms) => void (nowMs += ms) };
  const journal = new GroupCommit({ appendUnits, clock, onCommit: () => {} });
  return { journal, passes: (ms: number) => (nowMs += ms) };
};

describe('a unit with a deadline', () => {
  const DEADLINE = { atMs: 5_000 };
  it('is not written once it is past, and others are', async () => {
    const { batches, appendUnits, release } = keptBack();
    const { journal, passes } = atWork(appendUnits);
    const first = journal.append(unitOf('cart_first'));
    await Promise.resolve();
    const late = journal.append(unitOf('cart_late'), DEADLINE);
    const patient = journal.append(unitOf('cart_patient'));
    await Promise.resolve();
    passes(6_000);
    release();
    await expect(late).rejects.toBeInstanceOf(Unavailable);
    expect((await Promise.all([first, patient])).map(({ type }) => type)).toEqual(['Appended', 'Appended']);
    expect(batches.flat().map(idOf)).toEqual(['cart_first', 'cart_patient']);
  });

  it('is tried again no longer than that, while the database is away', async () => {
    const attempts: (readonly Unit[])[] = [];
    const away = Object.assign(new Error('disk full'), { code: '53100' });
    const { journal } = atWork(async (batch) => {
      attempts.push(batch);
      throw away;
    });
    const ends = await Promise.allSettled([
      journal.append(unitOf('cart_late'), { atMs: 100 }),
      journal.append(unitOf('cart_patient')),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const last = attempts.at(-1)?.map(idOf);
    expect(last).toEqual(['cart_patient']);
  });
});
