import type { Redis } from 'ioredis';
import type { ServerAddress } from '../../platform/index.ts';
import { askedSettings, openAsked, reasonOf } from '../asked-redis.ts';
import { nameOf, type View, viewIn } from './cluster-map.ts';
import { type ClusterPlace, nodeOptions } from './cluster-place.ts';

const RECONNECT_MS = 500;

/** Of a connection, by the client. */
const LATE = /timeout|ETIMEDOUT/i;

/** What is said of a node that is there, and does not answer in time. */
export const SILENT = 'does not answer';

/** A node of the cluster that is asked how it sees the others, on a connection of its own. */
export class NodeAsked implements Disposable {
  readonly address: ServerAddress;
  readonly #redis: Redis;
  #trouble = SILENT;

  constructor(address: ServerAddress, place: ClusterPlace) {
    this.address = address;
    this.#redis = openAsked({ ...askedSettings(RECONNECT_MS), ...nodeOptions(address, place) }, ({ message }) => {
      this.#trouble = LATE.test(message) ? SILENT : message;
    });
  }

  /** @throws with its name and a reason when it does not answer, or is in no cluster. */
  async ask(): Promise<View> {
    try {
      return viewIn(String(await this.#redis.call('CLUSTER', 'NODES')), this.address);
    } catch (error) {
      throw new Error(`${nameOf(this.address)}: ${reasonOf(error, this.#trouble)}`, { cause: error });
    }
  }

  [Symbol.dispose](): void {
    this.#redis.disconnect();
  }
}
