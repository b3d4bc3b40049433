import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownMs } from '../../harness/support/own-time.ts';
import { askedByAll } from '../../harness/support/reach.ts';
import type { DomainEvent } from '../events/index.ts';
import { ok, sleep, Unavailable } from '../platform/index.ts';
import { ORDER_ID, orderEvents } from './testing/memory-events.ts';
import { type MemoryModules, memoryModules } from './testing/memory-modules.ts';
import { at, run } from './testing/run.ts';

interface Answered {
  readonly status: string;
  readonly revision: number;
  readonly steps: readonly { readonly revision: number; readonly status: string }[];
}

const pay = (fields: string): string => `mutation {
  payOrder(input: { orderId: "${ORDER_ID}", paymentMethod: "pm_card_visa" }) { ... on Order { ${fields} } }
}`;

/** What is stored of the order by now, as the write side would know it. */
const snapshotOf = async ({ read }: MemoryModules) => {
  const [view] = await read.orders(askedByAll(ORDER_ID));
  if (view === undefined || view === null) throw new Error('The order is not created');
  return { ...view, version: 1 };
};

/** A read side that takes these events in one by one, and a write side that knew the first `known` of them all along. */
const racing = async (events: readonly DomainEvent[], known: number) => {
  const ahead = memoryModules();
  ahead.append(ORDER_ID, ...events.slice(0, known));
  const snapshot = await snapshotOf(ahead);
  const modules = memoryModules({ write: { payOrder: async () => ok(snapshot) } });
  const stored = await ahead.audit.eventsOf(ORDER_ID);
  const takeIn = async (): Promise<void> => {
    for (const [nth, event] of events.entries()) {
      modules.appendAs(ORDER_ID, event, stored[nth]?.envelope.eventId);
      await sleep(0);
    }
  };
  return { modules, takeIn };
};

const { created, reserved, requested, succeeded, confirmed, failed, compensated } = orderEvents();
const later = fc.shuffledSubarray<DomainEvent>([reserved, requested, succeeded, confirmed, failed, compensated]);

const away = async () => Promise.reject(new Unavailable('away'));

describe('an order that a command answers with', () => {
  it('is of one moment, however far the read side is: its status is that of its last step', async () => {
    await fc.assert(
      fc.asyncProperty(later, fc.nat({ max: 6 }), async (others, known) => {
        const { modules, takeIn } = await racing([created, ...others], 1 + Math.min(known, others.length));
        const taken = takeIn();
        const answer = await run(modules, { document: pay('status revision steps { revision status }') });
        await taken;
        const { status, revision, steps } = at(answer, 'data', 'payOrder') as Answered;
        expect(steps.map((step) => step.revision)).toEqual(Array.from({ length: revision }, (_, index) => index + 1));
        expect(revision).toBeGreaterThan(Math.min(known, others.length));
        expect(steps.at(-1)?.status).toBe(status);
        expect(await run(modules, { document: pay('status revision steps { revision status }') })).toEqual(answer);
      }),
    );
  });

  it('does not wait for the read side unless it is asked what only that knows', async () => {
    const { modules } = await racing([created], 1);
    const tookMs = await ownMs(async () =>
      expect(await run(modules, { document: pay('status consistencyToken') })).toMatchObject({
        data: { payOrder: { status: 'PENDING' } },
      }),
    );
    expect(tookMs).toBeLessThan(500);
  });

  it('has no step when the read side does not come in time, or is away', async () => {
    const { modules } = await racing([created, reserved], 2);
    const document = `${pay('status ...Known')} fragment Known on Order { ... on Node { ...Steps } }
      fragment Steps on Order { revision steps { status } }`;
    const written = { data: { payOrder: { status: 'AWAITING_PAYMENT', revision: 0, steps: [] } } };
    expect(await run(modules, { document })).toEqual(written);
    expect(await run({ ...modules, audit: { ...modules.audit, histories: away } }, { document })).toEqual(written);
  });
});
