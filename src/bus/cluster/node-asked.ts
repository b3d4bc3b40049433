import { Redis } from 'ioredis';
import { guarded, guardSocket, ignored, type ServerAddress } from '../../platform/index.ts';
import { nameOf, nodesIn, type SeenNode } from './cluster-map.ts';
import { type ClusterPlace, nodeOptions } from './cluster-place.ts';

/** A node that does not answer in this time is passed over. */
const ANSWER_MS = 1_000;
const RECONNECT_MS = 500;

/** Of a connection, by the client. */
const LATE = /timeout|ETIMEDOUT/i;

/** What is said of a node that is there, and does not answer in time. */
export const SILENT = 'does not answer';

const settings = {
  connectTimeout: ANSWER_MS,
  commandTimeout: ANSWER_MS,
  // The command's limit ends its wait alone: a half-open connection would be used again by the next one.
  socketTimeout: ANSWER_MS,
  disconnectTimeout: 0,
  disableClientInfo: true,
  enableReadyCheck: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: () => RECONNECT_MS,
};

/** A node of the cluster that is asked how it sees the others, on a connection of its own. */
export class NodeAsked implements Disposable {
  readonly address: ServerAddress;
  readonly #redis: Redis;
  #trouble = SILENT;

  constructor(address: ServerAddress, place: ClusterPlace) {
    this.address = address;
    this.#redis = new Redis({ ...settings, ...nodeOptions(address, place) });
    this.#redis.on(
      'error',
      guarded((error: Error) => (this.#trouble = LATE.test(error.message) ? SILENT : error.message), ignored),
    );
    this.#redis.on(
      'connect',
      guarded(() => guardSocket(this.#redis.stream), ignored),
    );
  }

  /** @throws with its name and a reason when it does not answer, or is in no cluster. */
  async ask(): Promise<readonly SeenNode[]> {
    try {
      return nodesIn(String(await this.#redis.call('CLUSTER', 'NODES')), this.address);
    } catch (error) {
      throw new Error(`${nameOf(this.address)}: ${this.#reasonOf(error)}`, { cause: error });
    }
  }

  [Symbol.dispose](): void {
    this.#redis.disconnect();
  }

  /** A command only says that it was given up; the connection says why. */
  #reasonOf(error: unknown): string {
    if (!(error instanceof Error)) return this.#trouble;
    return /max retries|timed out/.test(error.message) ? this.#trouble : error.message;
  }
}
