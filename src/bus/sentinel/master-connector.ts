import type { ServerAddress } from '../../platform/index.ts';
import { GuidedConnector } from '../guided-connector.ts';
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
export class MasterConnector extends GuidedConnector {
  readonly #place: MasterPlace;
  #watch: MasterWatch | null = null;

  constructor(options: unknown) {
    const { place, disconnectTimeout } = options as MasterOptions;
    super(disconnectTimeout, place.tls);
    this.#place = place;
  }

  /** Sentinels may be a step ahead of the server that they promote, or behind one that was demoted. */
  override check({ role }: { readonly role?: string }): boolean {
    return role === undefined || role === 'master';
  }

  override disconnect(): void {
    super.disconnect();
    this.#watch?.[Symbol.dispose]();
    this.#watch = null;
  }

  protected override async choose(): Promise<ServerAddress> {
    this.#watch ??= new MasterWatch(this.#place, () => this.#leaveDemoted());
    return this.#watch.find();
  }

  #leaveDemoted(): void {
    const master = this.#watch?.current ?? null;
    if (master !== null) this.leaveUnless((address) => isSame(master, address));
  }
}
