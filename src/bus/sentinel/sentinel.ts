import type { Redis } from 'ioredis';
import type { ServerAddress } from '../../platform/index.ts';
import { askedSettings, openAsked, reasonOf } from '../asked-redis.ts';
import type { MasterPlace } from './master-place.ts';

/** Who is master, as one Sentinel says it. */
export interface Told {
  readonly address: ServerAddress;
  /** Greater with each failover: of two that say different things, the greater one knows more. */
  readonly epoch: number;
}

const RECONNECT_MS = 1_000;

/** How to come to a Sentinel, and how long to wait for it. */
export const accountAt = ({ host, port }: ServerAddress, { url, tls }: MasterPlace) => {
  const { username, password } = url.sentinelAccount;
  return {
    ...askedSettings(RECONNECT_MS),
    host,
    port,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls !== undefined && { tls }),
  };
};

const valueOf = (pairs: readonly string[], name: string): string | undefined => {
  const at = pairs.findIndex((each, index) => index % 2 === 0 && each === name);
  return at === -1 ? undefined : pairs[at + 1];
};

/** One Sentinel of several, on a connection of its own. */
export class Sentinel implements Disposable {
  readonly #redis: Redis;
  readonly #master: string;
  readonly #name: string;
  #trouble = 'does not answer';

  constructor(address: ServerAddress, place: MasterPlace) {
    const { host, port } = address;
    const { url } = place;
    this.#redis = openAsked(accountAt(address, place), ({ message }) => {
      this.#trouble = message;
    });
    this.#master = url.master;
    this.#name = `${host}:${port}`;
  }

  /** @throws with its name and a reason when it does not answer, or knows no such master. */
  async ask(): Promise<Told> {
    try {
      const [address, master] = await Promise.all([
        this.#redis.call('SENTINEL', 'get-master-addr-by-name', this.#master) as Promise<readonly string[] | null>,
        this.#redis.call('SENTINEL', 'MASTER', this.#master) as Promise<readonly string[]>,
      ]);
      const [host, port] = address ?? [];
      if (host === undefined) throw new Error(`knows no master named ${this.#master}`);
      return { address: { host, port: Number(port) }, epoch: Number(valueOf(master, 'config-epoch') ?? 0) };
    } catch (error) {
      throw new Error(`${this.#name}: ${reasonOf(error, this.#trouble)}`, { cause: error });
    }
  }

  [Symbol.dispose](): void {
    this.#redis.disconnect();
  }
}
