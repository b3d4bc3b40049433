import type { OutboxState } from '../relay/index.ts';
import type { ConsumerGroup } from './consumer-groups.ts';

/** What is written and does not show yet. */
export interface Backlog {
  /** Of each journal. */
  readonly outboxes: readonly OutboxState[];
  /** Age of the oldest event that the read side lacks, as far as it can be seen; null while Redis cannot be asked. */
  readonly readSideSeconds: number | null;
}

/** The role that takes events into the event store and the read models, both in one. */
const READ_SIDE = 'audit';

/** An event waits in its outbox first, then on its stream: whatever has waited longest. */
export const backlogOf = (outboxes: readonly OutboxState[], groups: readonly ConsumerGroup[] | null): Backlog => {
  const waits = outboxes.map(({ oldestSeconds }) => oldestSeconds);
  const readers = (groups ?? []).filter(({ role }) => role === READ_SIDE);
  // Null only of a group that there is not, on a stream without entries: nothing waits there.
  const unread = readers.map(({ behindSeconds }) => behindSeconds ?? 0);
  return { outboxes, readSideSeconds: groups === null ? null : Math.max(0, ...waits, ...unread) };
};
