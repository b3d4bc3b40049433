import type { EventEmitter } from 'node:events';
import { type Viewer, viewerKey } from '../../access/index.ts';
import { guarded, ignored, type Limits } from '../../platform/index.ts';

type Bounds = Pick<Limits, 'connectionsPerCustomer' | 'connectionsPerService'>;

/** WebSockets and event streams by who uses them, as long as they are open. */
export class ViewerConnections {
  readonly #open = new Map<string, Set<EventEmitter>>();
  readonly #bounds: Bounds;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** How many there may be, when there are as many; null when this one is, or was, admitted. Nobody is counted by address. */
  excess(viewer: Viewer, connection: EventEmitter): number | null {
    const key = viewerKey(viewer);
    if (key === null) return null;
    const open = this.#open.get(key) ?? new Set();
    if (open.has(connection)) return null;
    const limit = this.#limitOf(viewer);
    if (open.size >= limit) return limit;
    this.#open.set(key, open.add(connection));
    const leave = (): void => {
      open.delete(connection);
      if (open.size === 0 && this.#open.get(key) === open) this.#open.delete(key);
    };
    connection.once('close', guarded(leave, ignored));
    return null;
  }

  #limitOf({ kind }: Viewer): number {
    const { connectionsPerCustomer, connectionsPerService } = this.#bounds;
    return kind === 'Service' || kind === 'Operator' ? connectionsPerService : connectionsPerCustomer;
  }
}
