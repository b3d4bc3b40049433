import type { Recorded } from '../events/index.ts';
import { asSpan, type Logger } from '../platform/index.ts';
import type { Announce, Announcement, Changes } from '../projection/index.ts';
import type { EventStore, EventStoreTransaction } from './event-store.ts';
import { storeBatch } from './store-batch.ts';
import { beginAnnounce, beginProject, beginStore } from './store-spans.ts';

export interface HandlerParts {
  readonly store: EventStore;
  readonly announce: Announce;
  readonly logger: Logger;
}

/** Announces what was committed. Whoever misses it finds it in the event store, so a failure is no failure. */
const announceCommitted = ({ announce, logger }: HandlerParts, announcement: Announcement): void => {
  asSpan(beginAnnounce(), () => announce(announcement)).catch((error: unknown) => {
    const positions = announcement.advances.map(({ position }) => String(position));
    logger.debug({ error, positions }, 'changes not announced');
  });
};

const storeAndProject = async (tx: EventStoreTransaction, batch: readonly Recorded[]): Promise<Announcement | null> => {
  // Asked for in one go: each takes effect when the one before it has.
  const [, project, { advances, events }] = await asSpan(beginStore(batch.length), () =>
    Promise.all([tx.becomeWriter(batch), tx.prepare(batch), storeBatch(tx, batch)]),
  );
  if (events.length === 0) return null;
  const changes = await asSpan(beginProject(), () => project(events));
  return { advances, changes };
};

const NOTHING: Announcement = { advances: [], changes: {} };

const withSettled = ({ advances, changes }: Announcement, settled: Changes): Announcement => {
  const names = [...new Set([...Object.keys(changes), ...Object.keys(settled)])];
  const idsOf = (name: string) => [...new Set([...(changes[name] ?? []), ...(settled[name] ?? [])])];
  return { advances, changes: Object.fromEntries(names.map((name) => [name, idsOf(name)])) };
};

/** Stores a delivery and folds what is new of it into the read models, in one transaction; then announces it. */
export const handleBatch = async (parts: HandlerParts, batch: readonly Recorded[]): Promise<void> => {
  if (batch.length === 0) return;
  const announcement = await parts.store.transaction((tx) => storeAndProject(tx, batch));
  // Also of what was known: whoever stored it may have died before this.
  const settled = await parts.store.settle(batch);
  if (Object.keys(settled).length > 0) announceCommitted(parts, withSettled(announcement ?? NOTHING, settled));
  else if (announcement !== null) announceCommitted(parts, announcement);
};
