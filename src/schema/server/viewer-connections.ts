import { type Viewer, viewerKey } from '../../access/index.ts';
import { type Closing, OpenByKey } from '../../http/index.ts';
import type { Limits } from '../../platform/index.ts';

type Bounds = Pick<Limits, 'connectionsPerCustomer' | 'connectionsPerService'>;

/** WebSockets and event streams by who uses them, as long as they are open. */
export class ViewerConnections {
  readonly #open = new OpenByKey();
  readonly #bounds: Bounds;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** How many there may be, when there are as many; null when this one is, or was, admitted. Nobody is counted by address. */
  excess(viewer: Viewer, connection: Closing): number | null {
    const key = viewerKey(viewer);
    if (key === null) return null;
    const limit = this.#limitOf(viewer);
    return this.#open.admit(key, connection, limit) ? null : limit;
  }

  #limitOf({ kind }: Viewer): number {
    const { connectionsPerCustomer, connectionsPerService } = this.#bounds;
    return kind === 'Service' || kind === 'Operator' ? connectionsPerService : connectionsPerCustomer;
  }
}
