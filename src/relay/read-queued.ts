import { type EventRow, envelopeOf } from '../events/index.ts';
import type { Queued, Unreadable, Waiting } from './outbox.ts';

export interface QueuedRow extends EventRow {
  readonly position: string;
}

/** Reads rows of the outbox, in their order; one that cannot be read keeps back its aggregate's later ones alone. */
export const readQueued = (rows: readonly QueuedRow[]): Waiting => {
  const queued: Queued[] = [];
  const unreadable = new Map<string, Unreadable>();
  for (const row of rows) {
    const { position, event_id: eventId, aggregate_id: aggregateId } = row;
    if (unreadable.has(aggregateId)) continue;
    try {
      queued.push({ position, envelope: envelopeOf(row) });
    } catch (error) {
      unreadable.set(aggregateId, { eventId, aggregateId, error });
    }
  }
  return { queued, unreadable: [...unreadable.values()] };
};
