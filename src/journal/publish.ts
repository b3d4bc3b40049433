import type { MarkedStreams, OutboxSession } from './outbox.ts';

export interface Published {
  readonly events: number;
  /** Events put back into the outbox, because Redis had lost them. */
  readonly restored: number;
}

interface Publishing {
  readonly streams: MarkedStreams;
  /** The number of the newest publication of each stream; kept up to date. */
  readonly numbers: Map<string, bigint>;
}

/** Publishes the oldest events of the outbox: per stream in one step, then the outbox is told. */
export const publishNext = async (outbox: OutboxSession, { streams, numbers }: Publishing): Promise<Published> => {
  const queued = await outbox.nextQueued();
  let restored = 0;
  for (const [stream, events] of Map.groupBy(queued, ({ envelope }) => envelope.stream)) {
    const known = numbers.get(stream) ?? 0n;
    const number = known + 1n;
    const envelopes = events.map(({ envelope }) => envelope);
    const { lastEntryId, markBefore } = await streams.add({ stream, number, envelopes });
    // Before this publication is confirmed: until then the janitor sees that the mark and the numbers differ.
    if (markBefore < known) restored += await outbox.restoreLost({ stream, mark: markBefore, below: number });
    const positions = events.map(({ position }) => position);
    await outbox.confirm({ stream, number, positions, lastEntryId });
    numbers.set(stream, number);
  }
  return { events: queued.length, restored };
};
