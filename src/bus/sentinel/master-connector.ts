import { connect, isIP, Socket } from 'node:net';
import { connect as connectByTls, type TLSSocket } from 'node:tls';
import { AbstractConnector } from 'ioredis';
import { guarded, ignored, type ServerAddress } from '../../platform/index.ts';
import type { MasterPlace } from './master-place.ts';
import { MasterWatch } from './master-watch.ts';

/** What the client is opened with beside its own options. */
export interface MasterOptions {
  readonly place: MasterPlace;
  readonly disconnectTimeout: number;
}

const isSame = (one: ServerAddress, other: ServerAddress): boolean =>
  one.host === other.host && one.port === other.port;

/**
 * Leads the connections of one client to whoever is master. Whoever is no master any more is left at once, be it that it
 * answers still, or is frozen; and nothing is said to a server that says of itself that it is a replica (ADR-073).
 */
export class MasterConnector extends AbstractConnector {
  readonly #place: MasterPlace;
  #watch: MasterWatch | null = null;
  #address: ServerAddress | null = null;

  constructor(options: unknown) {
    const { place, disconnectTimeout } = options as MasterOptions;
    super(disconnectTimeout);
    this.#place = place;
  }

  /** Sentinels may be a step ahead of the server that they promote, or behind one that was demoted. */
  override check({ role }: { readonly role?: string }): boolean {
    return role === undefined || role === 'master';
  }

  override async connect(): Promise<Socket | TLSSocket> {
    this.connecting = true;
    try {
      this.#watch ??= new MasterWatch(this.#place, () => this.#leaveDemoted());
      const address = await this.#watch.find();
      this.stream = this.connecting ? this.#join(address) : this.#nowhere(new Error('Connection is closed.'));
    } catch (error) {
      this.stream = this.#nowhere(error as Error);
    }
    return this.stream;
  }

  override disconnect(): void {
    super.disconnect();
    this.#watch?.[Symbol.dispose]();
    this.#watch = null;
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
    this.#address = null;
    this.firstError = error;
    return new Socket().destroy();
  }

  #leaveDemoted(): void {
    const master = this.#watch?.current ?? null;
    if (master !== null && this.#address !== null && !isSame(master, this.#address)) this.stream.destroy();
  }
}
