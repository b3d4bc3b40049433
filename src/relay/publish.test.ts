import { describe, expect, it } from 'vitest';
import { recorded } from '../../harness/support/recorded.ts';
import { type DomainEvent, newId, STREAMS, UNPARTITIONED } from '../events/index.ts';
import { Cooldowns, systemClock } from '../platform/index.ts';
import { NO_MARK } from './mark.ts';
import type { Addition, OutboxSession, Publication, Queued } from './outbox.ts';
import { endAll, publishNext, type Step } from './publish.ts';
import { Steps } from './steps.ts';

const PAUSES = { firstMs: 50, maxMs: 2_000 };
const orderId = newId('Order');
const EVENTS: readonly DomainEvent[] = [
  { type: 'PaymentSucceeded', data: { orderId, paymentId: newId('Payment'), amount: '1.00', currency: 'EUR' } },
  { type: 'OrderConfirmed', data: { orderId } },
];

const queued = EVENTS.map((event, nth): Queued => ({ position: String(nth + 1), envelope: recorded(event).envelope }));

const cooldowns = (): Cooldowns => new Cooldowns(systemClock, PAUSES);

/** An outbox with an event for each of two streams; what was done, in its order. */
const openStage = (add: (stream: string) => Promise<void>, patienceMs?: number) => {
  const done: string[] = [];
  const outbox: OutboxSession = {
    tryToLead: async () => true,
    lastMarks: async () => new Map(),
    restoreLost: async () => 0,
    [Symbol.asyncDispose]: async () => {},
    nextQueued: async ({ streams: withheld }) => ({
      queued: queued.filter(({ envelope: { stream } }) => !withheld.includes(stream)),
      unreadable: [],
    }),
    confirm: async (publications: readonly Publication[]) =>
      void done.push(...publications.map(({ stream }) => `confirmed ${stream}`)),
  };
  const streams = {
    readMarks: async () => new Map(),
    add: async ({ stream, after }: Addition) => {
      await add(stream);
      done.push(`added ${stream}`);
      return { type: 'Added' as const, mark: { number: after.number + 1n, lastEntryId: '1-0' } };
    },
  };
  const marks = new Map(Object.values(STREAMS).map((stream) => [stream as string, NO_MARK]));
  const publishing = {
    streams,
    marks,
    steps: new Steps<Step>(systemClock, patienceMs),
    unconfirmed: [],
    heldStreams: cooldowns(),
    heldAggregates: cooldowns(),
    partitioning: UNPARTITIONED,
  };
  const publish = () => publishNext(outbox, publishing);
  const end = () => endAll(outbox, publishing);
  return { done, publish, end };
};

describe('events of several streams', () => {
  it('are published to one while the other answers slowly', async () => {
    const slow = Promise.withResolvers<void>();
    const { done, publish } = openStage((stream) => (stream === STREAMS.payments ? slow.promise : Promise.resolve()));
    const published = publish();
    await new Promise(setImmediate);
    expect(done).toEqual([`added ${STREAMS.orders}`]);
    slow.resolve();
    expect(await published).toMatchObject({ events: 2, restored: 0, failed: [] });
  });

  it('are taken off the outbox with the next question', async () => {
    const { done, publish } = openStage(() => Promise.resolve());
    await publish();
    expect(done.filter((each) => each.startsWith('confirmed'))).toEqual([]);
    await publish();
    expect(done.slice(2, 4)).toEqual([`confirmed ${STREAMS.payments}`, `confirmed ${STREAMS.orders}`]);
  });

  it('are all done with before a failure of one is reported: nobody works for a lead that is given up', async () => {
    const slow = Promise.withResolvers<void>();
    const failing = (stream: string): Promise<void> =>
      stream === STREAMS.payments ? Promise.reject(new Error('connection lost')) : slow.promise;
    const { done, publish } = openStage(failing);
    const reported = publish().catch((error: unknown) => void done.push(`reported ${String(error)}`));
    await new Promise(setImmediate);
    expect(done).toEqual([]);
    slow.resolve();
    await reported;
    expect(done).toEqual([`added ${STREAMS.orders}`, `confirmed ${STREAMS.orders}`, 'reported Error: connection lost']);
  });

  it('are not waited for where others have a server of their own: the next ones are published meanwhile', async () => {
    const slow = Promise.withResolvers<void>();
    const ofPayments = (stream: string): Promise<void> =>
      stream === STREAMS.payments ? slow.promise : Promise.resolve();
    const { done, publish, end } = openStage(ofPayments, 10);
    for (let nth = 1; nth <= 2; nth += 1) expect(await publish()).toMatchObject({ events: 1, failed: [] });
    expect(done).toEqual([`added ${STREAMS.orders}`, `confirmed ${STREAMS.orders}`, `added ${STREAMS.orders}`]);
    slow.resolve();
    await end();
    expect(done.slice(3)).toEqual([
      `added ${STREAMS.payments}`,
      `confirmed ${STREAMS.orders}`,
      `confirmed ${STREAMS.payments}`,
    ]);
  });

  it('are told of when their turn comes, where they were not waited for', async () => {
    const slow = Promise.withResolvers<void>();
    const ofPayments = (stream: string): Promise<void> =>
      stream === STREAMS.payments ? slow.promise : Promise.resolve();
    const { publish } = openStage(ofPayments, 10);
    await publish();
    slow.reject(new Error('it is another’s'));
    await new Promise(setImmediate);
    await expect(publish()).rejects.toThrow('it is another’s');
  });
});
