import type { Holds } from './holds.ts';
import { type Mark, NO_MARK } from './mark.ts';
import type { MarkedStreams, OutboxSession, Queued, Unreadable } from './outbox.ts';

export interface Published {
  readonly events: number;
  /** Events put back into the outbox, because Redis had lost them. */
  readonly restored: number;
  /** What is held back from now on, with everything behind it on the same aggregate. */
  readonly unreadable: readonly Unreadable[];
  /** Streams that could not be written, and are left alone for a while. */
  readonly failed: readonly { readonly stream: string; readonly error: Error }[];
}

interface Publishing {
  readonly streams: MarkedStreams;
  /** The mark that each stream is believed to have; kept up to date. */
  readonly marks: Map<string, Mark>;
  readonly heldStreams: Holds;
  readonly heldAggregates: Holds;
}

type Step = Pick<Published, 'events' | 'restored'> & { readonly error?: Error };

const publishTo = async (
  stream: string,
  events: readonly Queued[],
  { outbox, streams, marks, heldStreams }: Publishing & { readonly outbox: OutboxSession },
): Promise<Step> => {
  const envelopes = events.map(({ envelope }) => envelope);
  const added = await streams.add({ stream, after: marks.get(stream) ?? NO_MARK, envelopes });
  if (added.type === 'Failed') {
    heldStreams.hold(stream);
    return { events: 0, restored: 0, error: added.error };
  }
  heldStreams.release(stream);
  if (added.type === 'Refused') {
    const restored = await outbox.restoreLost(stream, added.found);
    marks.set(stream, added.found);
    return { events: 0, restored };
  }
  await outbox.confirm({ stream, ...added.mark, positions: events.map(({ position }) => position) });
  marks.set(stream, added.mark);
  return { events: events.length, restored: 0 };
};

/** Waits for all of them, also when one fails: nothing is to be under way any more when the lead is given up. */
const allDone = async <T>(steps: readonly Promise<T>[]): Promise<readonly T[]> => {
  await Promise.allSettled(steps);
  return Promise.all(steps);
};

/**
 * Publishes the oldest events of the outbox: to all streams at once, to each in one step, then the outbox is told. What
 * cannot be read holds back its aggregate, and what cannot be written its stream; the others go on.
 */
export const publishNext = async (outbox: OutboxSession, publishing: Publishing): Promise<Published> => {
  const { heldStreams, heldAggregates } = publishing;
  const withheld = { streams: heldStreams.current(), aggregateIds: heldAggregates.current() };
  const { queued, unreadable } = await outbox.nextQueued(withheld);
  const unread = new Set(unreadable.map(({ aggregateId }) => aggregateId));
  for (const { envelope } of queued)
    if (!unread.has(envelope.aggregateId)) heldAggregates.release(envelope.aggregateId);
  for (const aggregateId of unread) heldAggregates.hold(aggregateId);
  const steps = await allDone(
    [...Map.groupBy(queued, ({ envelope }) => envelope.stream)].map(async ([stream, events]) => ({
      stream,
      ...(await publishTo(stream, events, { ...publishing, outbox })),
    })),
  );
  return {
    events: steps.reduce((sum, { events }) => sum + events, 0),
    restored: steps.reduce((sum, { restored }) => sum + restored, 0),
    unreadable,
    failed: steps.flatMap(({ stream, error }) => (error === undefined ? [] : [{ stream, error }])),
  };
};
