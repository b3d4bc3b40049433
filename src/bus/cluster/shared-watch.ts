import type { ClusterPlace } from './cluster-place.ts';
import { ClusterWatch } from './cluster-watch.ts';

interface Shared {
  readonly watch: ClusterWatch;
  users: number;
}

/** Right to a watch, for as long as it is not disposed. */
export interface WatchLease extends Disposable {
  readonly watch: ClusterWatch;
}

const WATCHES = new Map<string, Shared>();

/**
 * One watch for all connections of a process that come to the same nodes as the same user: each of them would ask all nodes
 * twice a second otherwise. It ends with the last of them.
 */
export const leaseWatch = (place: ClusterPlace): WatchLease => {
  const key = JSON.stringify([place.url, place.tlsFiles ?? null]);
  const shared = WATCHES.get(key) ?? { watch: new ClusterWatch(place), users: 0 };
  WATCHES.set(key, shared);
  shared.users += 1;
  let isHeld = true;
  const release = (): void => {
    if (!isHeld) return;
    isHeld = false;
    shared.users -= 1;
    if (shared.users > 0) return;
    WATCHES.delete(key);
    shared.watch[Symbol.dispose]();
  };
  return { watch: shared.watch, [Symbol.dispose]: release };
};
