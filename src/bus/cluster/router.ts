import type { Command, Redis } from 'ioredis';
import { assertNever, ignored, type ServerAddress, sleep } from '../../platform/index.ts';
import type { Holding } from '../claim.ts';
import type { HoldingsOfNode, OwnedConnection } from '../owned-redis.ts';
import { leftRedis, RedisAway } from '../redis-away.ts';
import { nameOf } from './cluster-map.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { type Redirection, redirectionIn } from './redirection.ts';
import { leaseWatch, type WatchLease } from './shared-watch.ts';

type Node = Redis | OwnedConnection;

export interface RouterParts extends HoldingsOfNode {
  readonly place: ClusterPlace;
  /** A connection to one node. */
  readonly openNode: (address: ServerAddress, ofNode: HoldingsOfNode) => Node;
}

/** A command on its way to the master of its slot. */
export interface Way {
  readonly command: Command;
  readonly slot: number;
  /** The command's own: what it is told finally. */
  readonly reject: Command['reject'];
}

/** A command is sent again so often: with the pauses, some three seconds, in which a slot has moved, or a successor is elected. */
const MOST_TURNS = 20;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 200;

const pauseBefore = (turn: number): Promise<void> => sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * turn));

const isOwned = (node: Node): node is OwnedConnection => 'sendAsked' in node;

/** One that is about to connect again would never answer what waits in it: only who has begun to connect tells it of an end. */
const leave = (node: Node): void => {
  if (node.status === 'reconnecting') node.connect().catch(ignored);
  node.disconnect();
};

/** Sends commands to the masters of their slots, and after them where a node says that a slot is elsewhere. */
export class Router {
  readonly #parts: RouterParts;
  readonly #lease: WatchLease;
  readonly #listening: Disposable;
  readonly #nodes = new Map<string, Node>();
  /** What a node said of a slot since the last word of all. */
  readonly #moved = new Map<number, ServerAddress>();
  #masters: ReadonlySet<string> = new Set();
  #isClosed = false;

  constructor(parts: RouterParts) {
    this.#parts = parts;
    this.#lease = leaseWatch(parts.place);
    this.#listening = this.#lease.watch.listen(() => this.#leaveDemoted());
    this.#leaveDemoted();
  }

  send(way: Way): void {
    this.#send(way, 0).catch(way.reject);
  }

  /** Looks whose it is, on the node that has the slot. */
  async examine(holding: Holding, slot: number): Promise<void> {
    for (let turn = 1; ; turn += 1) {
      const address = await this.#find(slot);
      const node = this.#answering(address);
      try {
        return isOwned(node) ? await node.examineHolding(holding) : undefined;
      } catch (error) {
        const redirection = redirectionIn(error, address);
        if (redirection === null || turn >= MOST_TURNS) throw error;
        this.#heed(redirection, slot);
        await pauseBefore(turn);
      }
    }
  }

  async masters(): Promise<readonly Redis[]> {
    const { watch } = this.#lease;
    await watch.find();
    const { masters } = watch.map;
    // Where a stranger answers there is no master for now: the others are there.
    const known = masters.filter((address) => !watch.isStranger(address));
    return (known.length > 0 ? known : masters).map((address) => this.#nodeAt(address));
  }

  close(): void {
    this.#isClosed = true;
    this.#listening[Symbol.dispose]();
    this.#lease[Symbol.dispose]();
    for (const node of this.#nodes.values()) leave(node);
    this.#nodes.clear();
  }

  async #send(way: Way, turn: number): Promise<void> {
    if (this.#isClosed) throw leftRedis();
    const address = this.#known(way.slot) ?? (await this.#find(way.slot));
    const node = this.#answering(address);
    this.#follow(way, { address, turn });
    node.sendCommand(way.command);
  }

  #follow(way: Way, { address, turn }: { readonly address: ServerAddress; readonly turn: number }): void {
    way.command.reject = (error) => {
      const redirection = redirectionIn(error, address);
      if (redirection === null || turn >= MOST_TURNS) way.reject(error);
      else this.#turn(way, redirection, turn + 1);
    };
  }

  #turn(way: Way, redirection: Redirection, turn: number): void {
    this.#redirect(way, redirection, turn).catch(way.reject);
  }

  async #redirect(way: Way, redirection: Redirection, turn: number): Promise<void> {
    // A slot whose keys are on their way answers so until the last one has arrived: half of the turns are for waiting.
    if (redirection.type === 'Ask' && turn < MOST_TURNS / 2) return this.#askAt(redirection.address, way, turn);
    this.#heed(redirection, way.slot);
    if (redirection.type !== 'Moved' || turn > 1) await pauseBefore(turn);
    await this.#send(way, turn);
  }

  #heed(redirection: Redirection, slot: number): void {
    switch (redirection.type) {
      case 'Moved':
        this.#moved.set(slot, redirection.address);
        return;
      case 'Ask':
      case 'Later':
        this.#moved.delete(slot);
        return;
    }
    assertNever(redirection);
  }

  #askAt(address: ServerAddress, way: Way, turn: number): void {
    const node = this.#nodeAt(address);
    this.#follow(way, { address, turn });
    if (isOwned(node)) return node.sendAsked(way.command);
    node.call('ASKING').catch(ignored);
    node.sendCommand(way.command);
  }

  #known(slot: number): ServerAddress | null {
    return this.#moved.get(slot) ?? this.#lease.watch.map.masterOf(slot);
  }

  async #find(slot: number): Promise<ServerAddress> {
    try {
      if (this.#known(slot) === null) await this.#lease.watch.find();
    } catch (error) {
      throw new RedisAway(`Redis is away: ${(error as Error).message}`, { cause: error });
    }
    const address = this.#known(slot);
    if (address === null) throw new RedisAway(`Redis is away: no node of the cluster has slot ${slot}`);
    return address;
  }

  #answering(address: ServerAddress): Node {
    const node = this.#nodeAt(address);
    // It may be frozen, and take connections still: nobody would hear of it before the socket's own end.
    if (node.status !== 'ready' && this.#lease.watch.isSilent(address))
      throw new RedisAway(`Redis is away: ${nameOf(address)} does not answer`);
    return node;
  }

  #nodeAt(address: ServerAddress): Node {
    // Closed while the node was looked for: what were opened now would be nobody's to close, and keep the process.
    if (this.#isClosed) throw leftRedis();
    const name = nameOf(address);
    // It would send the command on to its own neighbours, and an empty one would be taken for ours.
    if (this.#lease.watch.isStranger(address))
      throw new RedisAway(`Redis is away: a node of another cluster answers at ${name}`);
    const node = this.#nodes.get(name) ?? this.#parts.openNode(address, this.#parts);
    this.#nodes.set(name, node);
    return node;
  }

  /** It may answer still, or be frozen: whatever it would say is of a history that ends. */
  #leaveDemoted(): void {
    const { watch } = this.#lease;
    const { map } = watch;
    const masters = map.namesOf(map.masters);
    const members = masters.union(map.namesOf(map.replicas));
    this.#moved.clear();
    // One that has no slot yet may be about to get some. One that is no member is where a node led once, and leads no more.
    for (const name of this.#masters.difference(masters)) this.#leaveNode(name);
    for (const name of this.#nodes.keys()) if (!members.has(name)) this.#leaveNode(name);
    for (const name of map.namesOf(map.masters.filter((address) => watch.isStranger(address)))) this.#leaveNode(name);
    this.#masters = masters;
  }

  #leaveNode(name: string): void {
    const node = this.#nodes.get(name);
    if (node !== undefined) leave(node);
    this.#nodes.delete(name);
  }
}
