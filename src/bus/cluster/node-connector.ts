import type { ServerAddress } from '../../platform/index.ts';
import { GuidedConnector } from '../guided-connector.ts';
import { nameOf } from './cluster-map.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { leaseWatch, type WatchLease } from './shared-watch.ts';

/** What the client is opened with beside its own options. */
export interface NodeConnectorOptions {
  readonly cluster: ClusterPlace;
  readonly disconnectTimeout: number;
}

/**
 * Leads a client to any master of the cluster, for what has no key: announcements are heard at every node. One that is a master
 * no more, or is none that the others know, is left at once: what is announced elsewhere might not be heard there.
 */
export class NodeConnector extends GuidedConnector {
  readonly #place: ClusterPlace;
  #lease: WatchLease | null = null;
  #listening: Disposable | null = null;

  constructor(options: unknown) {
    const { cluster, disconnectTimeout } = options as NodeConnectorOptions;
    super(disconnectTimeout, cluster.tls);
    this.#place = cluster;
  }

  override check(): boolean {
    return true;
  }

  override disconnect(): void {
    super.disconnect();
    this.#listening?.[Symbol.dispose]();
    this.#lease?.[Symbol.dispose]();
    [this.#listening, this.#lease] = [null, null];
  }

  protected override async choose(): Promise<ServerAddress> {
    this.#lease ??= leaseWatch(this.#place);
    const { watch } = this.#lease;
    this.#listening ??= watch.listen(() => this.#leaveStranger());
    await watch.find();
    const { masters } = watch.map;
    const answering = masters.filter((address) => !watch.isSilent(address));
    const candidates = answering.length > 0 ? answering : masters;
    return candidates[Math.floor(Math.random() * candidates.length)] ?? Promise.reject(new Error('No node is known.'));
  }

  #leaveStranger(): void {
    const masters = this.#lease?.watch.map.masters;
    if (masters !== undefined) this.leaveUnless((address) => masters.map(nameOf).includes(nameOf(address)));
  }
}
