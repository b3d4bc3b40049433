import type { WrittenEvent } from '../commands/index.ts';
import { ID_PREFIXES, type IdKind } from '../events/index.ts';
import { systemClock, Unavailable } from '../platform/index.ts';
import type { GatewayContext } from './context.ts';

/** As long as `consistentWith` waits; then what there is, is shown: the viewer has not asked for more. */
const PATIENCE_MS = 3_500;
/** What is left of the request's time for the read itself. */
const RESERVE_MS = 1_000;

type Asking = Pick<GatewayContext, 'ownWrites' | 'viewer' | 'read' | 'deadline'>;

const awaitWritten = async (
  { ownWrites, viewer, read, deadline }: Asking,
  events: readonly WrittenEvent[],
): Promise<void> => {
  const leftMs = Math.floor(deadline.atMs - systemClock.nowMs() - RESERVE_MS);
  if (leftMs <= 0) return;
  try {
    await read.awaitEvents(events, Math.min(PATIENCE_MS, leftMs));
  } catch (error) {
    // Whether it can be read is for the read itself to say.
    if (!(error instanceof Unavailable)) throw error;
  }
  // In vain, too: while the read side is away, a write makes its viewer wait once, not with everything they read.
  ownWrites.forget(viewer, events);
};

/** Null when there is nothing to wait for, as almost always: then a read costs no turn more. */
const unlessNone = (asking: Asking, events: readonly WrittenEvent[]): Promise<void> | null =>
  events.length === 0 ? null : awaitWritten(asking, events);

/** Waits until the read side knows what the viewer has just done to this; not long. Null when they did nothing. */
export const awaitOwn = (asking: Asking, id: string): Promise<void> | null =>
  unlessNone(asking, asking.ownWrites.to(asking.viewer, id));

/** The same for all things of a kind, or of any. */
export const awaitAllOwn = (asking: Asking, kind: IdKind | null): Promise<void> | null =>
  unlessNone(
    asking,
    asking.ownWrites.toAll(asking.viewer, (id) => kind === null || id.startsWith(ID_PREFIXES[kind])),
  );
