import { Actor } from '../engine/actor.ts';
import type { World } from '../system/world.ts';

const MAX_PAUSE_MS = 20;

/**
 * Reads the event store with a plain cursor for each partition, as subscriptions do: what it has not seen in the end was passed
 * over.
 */
export const follow = async ({ scheduler, database, random: luck }: World, seen: Set<string>): Promise<never> => {
  const actor = new Actor('follower');
  const { events } = database;
  const random = luck.fork();
  const cursors = new Map<number, bigint>();
  for (;;) {
    const later = [...events.committed.values()].filter(
      ({ position, partition }) => position > (cursors.get(partition) ?? 0n),
    );
    for (const { position, partition, envelope } of later) {
      seen.add(envelope.eventId);
      if (position > (cursors.get(partition) ?? 0n)) cursors.set(partition, position);
    }
    await scheduler.sleep(actor, random.next() * MAX_PAUSE_MS);
  }
};
