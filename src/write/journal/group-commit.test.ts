import { describe, expect, it } from 'vitest';
import { type Clock, Unavailable } from '../../platform/index.ts';
import type { AppendRequest } from './append-request.ts';
import type { AppendRow } from './append-statement.ts';
import { type AppendBatch, GroupCommit } from './group-commit.ts';

const requestOf = (aggregateId: string): AppendRequest => ({
  heads: [{ aggregateId, expectedSequence: 0 }],
  entries: [],
  idempotency: null,
  schedule: [],
  unschedule: [],
  methods: { keep: [], forget: [] },
});
const requests = (count: number): readonly AppendRequest[] =>
  Array.from({ length: count }, (_, nth) => requestOf(`cart_${nth}`));
const idOf = ({ heads }: AppendRequest): string => heads[0]?.aggregateId ?? '';

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
  const batches: (readonly AppendRequest[])[] = [];
  const appendBatch: AppendBatch = async (batch) => {
    batches.push(batch);
    await released.promise;
    return batch.map(() => appended);
  };
  return { batches, appendBatch, release: released.resolve };
};

const groupCommitOn = (appendBatch: AppendBatch) => {
  const slept: number[] = [];
  const clock: Clock = { nowMs: () => 0, sleep: async (ms) => void slept.push(ms) };
  return { slept, journal: new GroupCommit({ appendBatch, clock, onCommit: () => {} }) };
};

describe('a group commit', () => {
  it('has two batches on their way at once, and no more', async () => {
    const { batches, appendBatch, release } = keptBack();
    const { journal } = groupCommitOn(appendBatch);
    const outcomes = requests(1_000).map((request) => journal.append(request));
    await Promise.resolve();
    expect(batches).toHaveLength(2);
    release();
    expect(await Promise.all(outcomes)).toHaveLength(1_000);
    expect(batches.flat().map(idOf).toSorted()).toEqual(requests(1_000).map(idOf).toSorted());
  });

  it('turns away what it cannot keep waiting, and writes what it took on', async () => {
    const { appendBatch, release } = keptBack();
    const { journal } = groupCommitOn(appendBatch);
    const taken: Promise<unknown>[] = [];
    const fill = () => {
      for (const request of requests(30_000)) taken.push(journal.append(request));
    };
    expect(fill).toThrow(Unavailable);
    expect(taken.length).toBeLessThan(21_000);
    release();
    await Promise.all(taken);
    expect(await journal.append(requestOf('cart_late'))).toMatchObject({ type: 'Appended' });
  });

  it('does not make the neighbours of a collision wait', async () => {
    let collisions = 1;
    const { journal, slept } = groupCommitOn(async (batch) => {
      if (collisions-- > 0) throw collision;
      return batch.map((request) => ({ ...appended, is_overtaken: idOf(request) === 'cart_3' }));
    });
    const outcomes = await Promise.all(requests(10).map((request) => journal.append(request)));
    expect(outcomes.filter(({ type }) => type === 'Overtaken')).toHaveLength(1);
    expect(slept).toEqual([]);
  });

  it('finds the one that cannot be written in few attempts', async () => {
    let attempts = 0;
    const { journal } = groupCommitOn(async (batch) => {
      attempts += 1;
      if (batch.some((request) => idOf(request) === 'cart_77')) throw new Error('cannot be kept');
      return batch.map(() => appended);
    });
    const outcomes = await Promise.allSettled(requests(128).map((request) => journal.append(request)));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(outcomes[77]?.status).toBe('rejected');
    expect(attempts).toBeLessThan(24);
  });
});

const atWork = (appendBatch: AppendBatch) => {
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs, sleep: async (ms) => void (nowMs += ms) };
  const journal = new GroupCommit({ appendBatch, clock, onCommit: () => {} });
  return { journal, passes: (ms: number) => (nowMs += ms) };
};

describe('a request with a deadline', () => {
  const DEADLINE = { atMs: 5_000 };
  it('is not written once it is past, and others are', async () => {
    const { batches, appendBatch, release } = keptBack();
    const { journal, passes } = atWork(appendBatch);
    const first = journal.append(requestOf('cart_first'));
    await Promise.resolve();
    const late = journal.append(requestOf('cart_late'), DEADLINE);
    const patient = journal.append(requestOf('cart_patient'));
    await Promise.resolve();
    passes(6_000);
    release();
    await expect(late).rejects.toBeInstanceOf(Unavailable);
    expect((await Promise.all([first, patient])).map(({ type }) => type)).toEqual(['Appended', 'Appended']);
    expect(batches.flat().map(idOf)).toEqual(['cart_first', 'cart_patient']);
  });

  it('is tried again no longer than that, while the database is away', async () => {
    const attempts: (readonly AppendRequest[])[] = [];
    const away = Object.assign(new Error('disk full'), { code: '53100' });
    const { journal } = atWork(async (batch) => {
      attempts.push(batch);
      throw away;
    });
    const ends = await Promise.allSettled([
      journal.append(requestOf('cart_late'), { atMs: 100 }),
      journal.append(requestOf('cart_patient')),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const last = attempts.at(-1)?.map(idOf);
    expect(last).toEqual(['cart_patient']);
  });
});
