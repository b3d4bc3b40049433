import { describe, expect, it } from 'vitest';
import { recorded } from '../../harness/support/recorded.ts';
import { openSpanNotes, traceparentIn } from '../../harness/support/span-notes.ts';
import { encodeEntry, type Recorded, STREAMS } from '../events/index.ts';
import { handleDelivery, readDelivery } from './delivery.ts';
import { causeOf, tracedDelivery } from './delivery-spans.ts';

const GROUP = 'inventory-saga-consumer';
const DELIVER = `deliver ${GROUP}`;
const PROCESS = `process ${STREAMS.orders}`;

const [ONE, OTHER, UNRECORDED] = [traceparentIn('a'), traceparentIn('b'), traceparentIn('c', '00')];

/** A delivery of an event for each trace context. */
const delivered = (...traceparents: readonly (string | null)[]) =>
  readDelivery(
    traceparents.map((traceparent, nth) => {
      const event = { type: 'OrderConfirmed', data: { orderId: `order_${nth}` } } as const;
      const { envelope } = recorded(event, { traceparent });
      return { stream: STREAMS.orders, id: `${nth}-0`, fields: encodeEntry(envelope) };
    }),
  );

const causesIn = async (delivery: ReturnType<typeof delivered>, tracing = {}) => {
  let causes: readonly (string | null)[] = [];
  const handle = async (batch: readonly Recorded[]): Promise<void> => {
    causes = batch.map(({ envelope }) => causeOf(envelope));
  };
  await tracedDelivery({ group: GROUP, ...tracing }, delivery, () => handleDelivery(delivery, handle));
  return causes;
};

const broken = async (): Promise<never> => {
  throw new TypeError('stopped');
};

describe('the spans of a delivery', () => {
  it('are one for all, in the first trace and linked to the others, and one for each event, in its own', async () => {
    using spans = openSpanNotes();
    const causes = await causesIn(delivered(UNRECORDED, ONE, OTHER, null));
    // The first span that was begun.
    const delivery = `${ONE.slice(0, 36)}${'1'.padStart(16, '0')}-01`;
    expect(spans.begun()).toEqual([
      [DELIVER, ONE, OTHER],
      [PROCESS, ONE, delivery],
      [PROCESS, OTHER, delivery],
    ]);
    expect(causes).toEqual([UNRECORDED, expect.not.stringMatching(ONE), expect.not.stringMatching(OTHER), null]);
    expect(causes.map((cause) => cause?.slice(0, 35))).toEqual(
      [UNRECORDED, ONE, OTHER, undefined].map((each) => each?.slice(0, 35)),
    );
    expect(spans.notes.filter(([, what]) => what === 'ends')).toHaveLength(3);
  });

  it('say how many entries it has where these are several', async () => {
    using spans = openSpanNotes();
    await causesIn(delivered(ONE));
    await causesIn(delivered(ONE, OTHER));
    const counts = spans.starts
      .filter(({ name }) => name === DELIVER)
      .map(({ attributes }) => attributes?.['messaging.batch.message_count']);
    expect(counts).toEqual([undefined, 2]);
  });

  it('are all of a consumer that processes', async () => {
    using spans = openSpanNotes();
    await causesIn(delivered(ONE));
    const kinds = spans.starts.map(({ kind, attributes }) => [kind, attributes?.['messaging.operation.type']]);
    expect(kinds).toEqual([
      ['consumer', 'process'],
      ['consumer', 'process'],
    ]);
  });

  it('are none where nothing of it is recorded, or concerns the group', async () => {
    using spans = openSpanNotes();
    await causesIn(delivered(UNRECORDED, null));
    await causesIn(delivered(ONE), { concerns: () => false });
    expect(spans.notes).toEqual([]);
  });

  it('fail with the event that could not be handled, and with no other', async () => {
    using spans = openSpanNotes();
    const delivery = delivered(ONE, OTHER);
    const handle = async (batch: readonly Recorded[]): Promise<void> => {
      if (batch.some(({ envelope }) => envelope.traceparent === OTHER)) throw new RangeError('of a customer');
    };
    await tracedDelivery({ group: GROUP }, delivery, () => handleDelivery(delivery, handle));
    expect(spans.notes.slice(3)).toEqual([
      [PROCESS, 'ends'],
      [PROCESS, 'fails', 'RangeError', undefined],
      [PROCESS, 'ends'],
      [DELIVER, 'ends'],
    ]);
  });

  it('all fail and end with a delivery that is broken off', async () => {
    using spans = openSpanNotes();
    await expect(tracedDelivery({ group: GROUP }, delivered(ONE), broken)).rejects.toThrow('stopped');
    const what = spans.notes.slice(2).map((note) => note.slice(0, 2).join(' '));
    expect(what).toEqual([`${DELIVER} fails`, `${PROCESS} fails`, `${PROCESS} ends`, `${DELIVER} ends`]);
  });

  it('are not told of once they have ended: what an event brings about later hangs below the event', async () => {
    using _spans = openSpanNotes();
    const delivery = delivered(ONE);
    await causesIn(delivery);
    expect(delivery.readable.map(([, { envelope }]) => causeOf(envelope))).toEqual([ONE]);
  });
});
