import { Redis } from 'ioredis';
import type { OwnedOptions, OwnedRedis } from '../owned-redis.ts';
import type { Ownership } from '../ownership.ts';
import { Holdings } from './holdings.ts';
import type { NodeConnectorOptions } from './node-connector.ts';
import { Router, type RouterParts } from './router.ts';
import { placed, slotOf } from './slots.ts';

type Sent = Parameters<Redis['sendCommand']>;

export interface ClusterParts extends Pick<RouterParts, 'place' | 'openNode'> {
  /** For what has no key: how to come to any node. */
  readonly options: OwnedOptions & Pick<NodeConnectorOptions, 'cluster'>;
  readonly ownership: Ownership | null;
}

/**
 * A Redis Cluster, as it were one Redis: what has a key goes to the master of the key's slot, on one connection for each, what
 * has none by the client's own connection, to any node (ADR-080).
 */
export class ClusterRedis extends Redis implements OwnedRedis {
  readonly #router: Router;
  readonly #holdings: Holdings | null;
  readonly #prefix: string;

  constructor({ options, ownership, ...parts }: ClusterParts) {
    super(options);
    this.#prefix = options.keyPrefix ?? '';
    const holdings = ownership === null ? null : new Holdings(ownership, this.#prefix);
    this.#holdings = holdings;
    this.#router = new Router({
      ...parts,
      // What reaches a node stands there as it is: the prefix is in it.
      holdingOf: (command) => holdings?.beside(slotOf(command, '')) ?? null,
      examineAll: this.examine,
    });
    holdings?.askBy((holding, slot) => this.#router.examine(holding, slot));
  }

  // The parent's constructor may send before ours has run.
  override sendCommand(...sent: Sent): unknown {
    const [command] = sent;
    if (!(#router in this)) return super.sendCommand(...sent);
    const slot = slotOf(placed(command, this.#prefix), this.#prefix);
    const { reject } = command;
    // Its failure is the command's own: of a promise made here nobody would hear, and the process would end.
    const send = (): void => {
      if (slot === null) super.sendCommand(...sent);
      else this.#router.send({ command, slot, reject });
    };
    const isToBeAsked = slot !== null || command.name === 'publish';
    const asked = isToBeAsked ? (this.#holdings?.toBeSure(slot) ?? null) : null;
    if (asked === null) send();
    else asked.then(send, reject);
    return command.promise;
  }

  /** Looks whose the cluster is, slot by slot. @throws {ForeignRedis} */
  readonly examine = async (journal?: string): Promise<void> => {
    await (journal === undefined ? this.#holdings?.examineAll() : this.#holdings?.examineOf(journal));
  };

  /** A connection to each master. @throws {ClusterUnknown} */
  masters(): Promise<readonly Redis[]> {
    return this.#router.masters();
  }

  override disconnect(reconnect = false): void {
    if (!reconnect && #router in this) this.#router.close();
    super.disconnect(reconnect);
  }
}
