import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  appendUntil,
  cartIds,
  type JournalAtWork,
  journalAtWork,
  journaled,
  outboxOf,
  requestOn,
} from '../../../harness/support/journal.ts';
import { newId } from '../../events/index.ts';
import type { AppendOutcome } from './append-request.ts';
import { type GroupCommit, openJournal } from './group-commit.ts';

let atWork: JournalAtWork;
let commits = 0;
let journal: GroupCommit;
const other = () => openJournal(atWork.open().pool);

beforeAll(async () => {
  atWork = await journalAtWork();
  journal = openJournal(atWork.database.pool, () => {
    commits += 1;
  });
});
afterAll(() => atWork[Symbol.asyncDispose]());

const typesOf = (outcomes: readonly AppendOutcome[]) => outcomes.map(({ type }) => type);
const sequencesOf = async (cartId: string) => (await journaled(atWork, cartId)).map(({ sequence }) => sequence);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('appending', () => {
  it('writes many requests that come together in few commits', async () => {
    const [before, queued] = [commits, await outboxOf(atWork)];
    const carts = cartIds(500);
    const outcomes = await Promise.all(carts.map((id) => journal.append(requestOn(id, 0, { count: 2 }))));
    expect(new Set(typesOf(outcomes))).toEqual(new Set(['Appended']));
    expect(commits - before).toBeLessThanOrEqual(4);
    expect(await outboxOf(atWork)).toBe(queued + 1_000);
    expect(await sequencesOf(carts[499] ?? '')).toEqual([1, 2]);
  });

  it('dates its events by the clock of the database', async () => {
    const [cart = ''] = cartIds(1);
    const outcome = await journal.append(requestOn(cart, 0, { count: 2 }));
    const [first, second] = await journaled(atWork, cart);
    expect(outcome).toEqual({ type: 'Appended', occurredAt: first?.occurred_at.toISOString() });
    expect(second?.occurred_at).toEqual(first?.occurred_at);
  });

  it('gives higher positions to later versions', async () => {
    const [cart = ''] = cartIds(1);
    await journal.append(requestOn(cart, 0, { count: 100 }));
    const positions = (await journaled(atWork, cart)).map(({ position }) => Number(position));
    expect(positions).toEqual(positions.toSorted((one, next) => one - next));
  });

  it.each([
    ['behind', 0],
    ['ahead', 5],
  ])('refuses a request that is %s, and not its neighbours', async (_, expected) => {
    const [moved = '', ...carts] = cartIds(50);
    await journal.append(requestOn(moved, 0, { count: 3 }));
    const before = commits;
    const all = [requestOn(moved, expected, { count: 2 }), ...carts.map((id) => requestOn(id, 0))];
    const [refused, ...others] = await Promise.all(all.map((request) => journal.append(request)));
    expect(refused).toEqual({ type: 'Overtaken' });
    expect(new Set(typesOf(others))).toEqual(new Set(['Appended']));
    expect(await sequencesOf(moved)).toEqual([1, 2, 3]);
    expect(commits - before).toBeLessThanOrEqual(3);
  });

  it('lets one of two requests pass that want the same place at once', async () => {
    const [contested = '', ...carts] = cartIds(20);
    const all = [contested, ...carts, contested].map((id) => requestOn(id, 0));
    const outcomes = typesOf(await Promise.all(all.map((request) => journal.append(request))));
    expect(outcomes.filter((type) => type === 'Overtaken')).toHaveLength(1);
    expect(outcomes.filter((type) => type === 'Appended')).toHaveLength(20);
    expect(await sequencesOf(contested)).toEqual([1]);
  });

  it('refuses a request that PostgreSQL cannot keep, and not its neighbours', async () => {
    const [poisoned = '', ...carts] = cartIds(10);
    const poison = requestOn(poisoned, 0, { idempotency: { key: 'a\0b', requestHash: '', result: {} } });
    const all = [poison, ...carts.map((id) => requestOn(id, 0))];
    const outcomes = await Promise.allSettled(all.map((request) => journal.append(request)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', ...carts.map(() => 'fulfilled')]);
  });

  it('checks every aggregate that a request names', async () => {
    const [cart = '', known = ''] = cartIds(2);
    await journal.append(requestOn(known, 0));
    const request = requestOn(cart, 0);
    const heads = [...request.heads, { aggregateId: known, expectedSequence: 0 }];
    expect(await journal.append({ ...request, heads })).toEqual({ type: 'Overtaken' });
    expect(await sequencesOf(cart)).toEqual([]);
  });
});

const keyed = (cartId: string, key: string, requestHash = 'hash') =>
  requestOn(cartId, 0, { idempotency: { key, requestHash, result: { made: cartId } } });

describe('an idempotency key', () => {
  it('is taken once, and answers with what was stored for it', async () => {
    const [one = '', two = ''] = cartIds(2);
    const key = newId('Event');
    expect((await journal.append(keyed(one, key))).type).toBe('Appended');
    const repeated = { type: 'Repeated', requestHash: 'hash', result: { made: one } };
    expect(await journal.append(keyed(two, key))).toEqual(repeated);
    expect(await journal.append(keyed(two, key, 'another'))).toEqual(repeated);
    expect(await sequencesOf(two)).toEqual([]);
  });

  it('is taken once by many at once, in two processes', async () => {
    const key = newId('Event');
    const carts = cartIds(20);
    const second = other();
    const outcomes = await Promise.all(
      carts.map((id, nth) => (nth % 2 === 0 ? journal : second).append(keyed(id, key))),
    );
    expect(outcomes.filter((outcome) => outcome.type === 'Appended')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.type === 'Repeated')).toHaveLength(19);
    const sequences = await Promise.all(carts.map(sequencesOf));
    expect(sequences.flat()).toEqual([1]);
  });
});

describe('two processes', () => {
  it('that race for the same aggregates leave no gap, lose nothing and double nothing', async () => {
    const carts = cartIds(6);
    const journals = [journal, other()];
    const written = await Promise.all(
      carts.map((cartId) =>
        Promise.all([...journals, ...journals].map((to) => appendUntil(atWork, to, { cartId, count: 8 }))),
      ),
    );
    for (const [nth, id] of carts.entries()) {
      const events = await journaled(atWork, id);
      expect(events.map(({ sequence }) => sequence)).toEqual(upTo(32));
      expect(new Set(events.map(({ event_id }) => event_id))).toEqual(new Set(written[nth]?.flat()));
    }
  });
});
