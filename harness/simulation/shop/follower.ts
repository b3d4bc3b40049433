import { Actor } from '../engine/actor.ts';
import type { World } from '../system/world.ts';

const POLL_MS = 100;

/** Reads the event store with a plain cursor, as subscriptions do: what it has not seen in the end was passed over. */
export const follow = async ({ scheduler, database }: World, seen: Set<string>): Promise<never> => {
  const actor = new Actor('follower');
  const { events } = database;
  for (let cursor = 0n; ; ) {
    const later = [...events.committed.values()].filter(({ position }) => position > cursor);
    for (const { position, envelope } of later) {
      seen.add(envelope.eventId);
      if (position > cursor) cursor = position;
    }
    await scheduler.sleep(actor, POLL_MS);
  }
};
