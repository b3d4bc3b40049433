import { type Mark, NO_MARK } from './mark.ts';
import type { MarkedStreams, OutboxSession } from './outbox.ts';

export interface Published {
  readonly events: number;
  /** Events put back into the outbox, because Redis had lost them. */
  readonly restored: number;
}

interface Publishing {
  readonly streams: MarkedStreams;
  /** The mark that each stream is believed to have; kept up to date. */
  readonly marks: Map<string, Mark>;
}

/** Publishes the oldest events of the outbox: per stream in one step, then the outbox is told. */
export const publishNext = async (outbox: OutboxSession, { streams, marks }: Publishing): Promise<Published> => {
  const queued = await outbox.nextQueued();
  let restored = 0;
  for (const [stream, events] of Map.groupBy(queued, ({ envelope }) => envelope.stream)) {
    const envelopes = events.map(({ envelope }) => envelope);
    const added = await streams.add({ stream, after: marks.get(stream) ?? NO_MARK, envelopes });
    if (added.type === 'Refused') restored += await outbox.restoreLost(stream, added.found);
    else await outbox.confirm({ stream, ...added.mark, positions: events.map(({ position }) => position) });
    marks.set(stream, added.type === 'Refused' ? added.found : added.mark);
  }
  return { events: queued.length, restored };
};
