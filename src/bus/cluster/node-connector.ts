import { connect, isIP, Socket } from 'node:net';
import { connect as connectByTls, type TLSSocket } from 'node:tls';
import { AbstractConnector } from 'ioredis';
import { guarded, ignored, type ServerAddress } from '../../platform/index.ts';
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
export class NodeConnector extends AbstractConnector {
  readonly #place: ClusterPlace;
  #lease: WatchLease | null = null;
  #listening: Disposable | null = null;
  #address: ServerAddress | null = null;

  constructor(options: unknown) {
    const { cluster, disconnectTimeout } = options as NodeConnectorOptions;
    super(disconnectTimeout);
    this.#place = cluster;
  }

  override check(): boolean {
    return true;
  }

  override async connect(): Promise<Socket | TLSSocket> {
    this.connecting = true;
    this.#address = null;
    try {
      const address = await this.#choose();
      this.stream = this.connecting ? this.#join(address) : this.#nowhere(new Error('Connection is closed.'));
    } catch (error) {
      this.stream = this.#nowhere(error as Error);
    }
    return this.stream;
  }

  override disconnect(): void {
    super.disconnect();
    this.#listening?.[Symbol.dispose]();
    this.#lease?.[Symbol.dispose]();
    [this.#listening, this.#lease] = [null, null];
  }

  async #choose(): Promise<ServerAddress> {
    this.#lease ??= leaseWatch(this.#place);
    const { watch } = this.#lease;
    this.#listening ??= watch.listen(() => this.#leaveStranger());
    await watch.find();
    const { masters } = watch.map;
    const answering = masters.filter((address) => !watch.isSilent(address));
    const candidates = answering.length > 0 ? answering : masters;
    return candidates[Math.floor(Math.random() * candidates.length)] ?? Promise.reject(new Error('No node is known.'));
  }

  #join(address: ServerAddress): Socket | TLSSocket {
    const { tls } = this.#place;
    const { host } = address;
    this.#address = address;
    const servername = isIP(host) === 0 ? host : '';
    const stream = tls === undefined ? connect(address) : connectByTls({ ...tls, ...address, servername });
    const fail = (error: Error): void => {
      this.firstError = error;
    };
    stream.once('error', guarded(fail, ignored));
    return stream;
  }

  // A connector that fails would end its client for good; a connection that never came about is tried again.
  #nowhere(error: Error): Socket {
    this.firstError = error;
    return new Socket().destroy();
  }

  #leaveStranger(): void {
    const address = this.#address;
    if (address === null || this.#lease === null) return;
    const isMaster = this.#lease.watch.map.masters.some((master) => nameOf(master) === nameOf(address));
    if (!isMaster) this.stream.destroy();
  }
}
