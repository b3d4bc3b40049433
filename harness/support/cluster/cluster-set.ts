import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { Command } from 'ioredis';
import { sleep } from '../../../src/platform/index.ts';
import { formCluster, type ServerProcess } from '../../../src/servers/index.ts';
import { ClusterNode } from './cluster-node.ts';

const MASTERS = 3;
const NODES = 6;
const POLL_MS = 20;
const MIGRATE_MS = 5_000;
const KEYS_AT_ONCE = 100;

const PATIENCE_MS = 60_000;

/** Throws when it is called too late. */
const lateness = (what: string) => {
  const endsAt = performance.now() + PATIENCE_MS;
  return (): void => {
    if (performance.now() > endsAt) throw new Error(`${what} within ${PATIENCE_MS / 1_000} s.`);
  };
};

export interface ClusterSetOptions {
  readonly directory: string;
  readonly nodeTimeoutMs: number;
  /** Who may come, beside the administrator: what stands behind `user` in redis.conf. */
  readonly users?: readonly string[];
  readonly onSpawn?: (server: ServerProcess) => void;
}

/** The slot of a key as it stands in a cluster. */
export const slotOf = (key: string): number => new Command('get', [key]).getSlot();

/** Three masters and three replicas on loopback, with all that can be done to them. */
export class ClusterSet implements AsyncDisposable {
  readonly password = randomBytes(16).toString('hex');
  readonly nodes: ClusterNode[] = [];

  static async open(options: ClusterSetOptions): Promise<ClusterSet> {
    const set = new ClusterSet();
    try {
      await set.#start(options);
      return set;
    } catch (error) {
      await set[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** As a panier is told of it. */
  get url(): string {
    return this.urlAs('default', this.password);
  }

  urlAs(user: string, password: string): string {
    return `redis+cluster://${user}:${password}@${this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
  }

  /** Nodes that answer, and say that they are masters. */
  async masters(): Promise<readonly ClusterNode[]> {
    const roles = await Promise.all(this.nodes.map(async (node) => ({ node, role: await node.role() })));
    return roles.filter(({ role }) => role === 'master').map(({ node }) => node);
  }

  /** Who has the slot, as most of those that answer say. */
  async ownerOf(slot: number): Promise<ClusterNode> {
    const told = await Promise.all(this.nodes.map((node) => this.#portOf(slot, node).catch(() => 0)));
    const votes = [...Map.groupBy(told, (port) => port)].filter(([port]) => port !== 0);
    const [first] = votes.toSorted(([, one], [, other]) => other.length - one.length);
    const owner = this.nodes.find(({ port }) => port === first?.[0]);
    if (owner === undefined) throw new Error(`Nobody says who has slot ${slot}.`);
    return owner;
  }

  async replicasOf(master: ClusterNode): Promise<readonly ClusterNode[]> {
    const lines = String(await master.client.call('CLUSTER', 'REPLICAS', await master.id()));
    return this.nodes.filter(({ port }) => lines.includes(`:${port}@`));
  }

  async untilOwnerIsNot(node: ClusterNode, slot: number): Promise<ClusterNode> {
    for (const isLate = lateness('Nobody took the slot over'); ; isLate()) {
      const owner = await this.ownerOf(slot).catch(() => node);
      if (owner !== node && (await owner.role()) === 'master') return owner;
      await sleep(POLL_MS);
    }
  }

  /** From now on no replica hears of what the master takes. */
  async cutReplication(master: ClusterNode): Promise<void> {
    const replicas = await this.replicasOf(master);
    master.cutFrom(replicas.map(({ source }) => source));
  }

  /** Neither hears from any other node, nor is heard; whoever is no node still comes to it. */
  cutOff(node: ClusterNode): void {
    const others = this.nodes.filter((each) => each !== node);
    node.cutFrom(others.map(({ source }) => source));
    for (const other of others) other.cutFrom([node.source]);
  }

  heal(): void {
    for (const node of this.nodes) node.heal();
  }

  /** As an operator does it: key by key, while it is read and written. */
  async moveSlot(slot: number, to: ClusterNode): Promise<void> {
    const from = await this.ownerOf(slot);
    if (from === to) return;
    const [fromId, toId] = [await from.id(), await to.id()];
    await to.client.call('CLUSTER', 'SETSLOT', slot, 'IMPORTING', fromId);
    await from.client.call('CLUSTER', 'SETSLOT', slot, 'MIGRATING', toId);
    await this.#moveKeys(slot, from, to);
    await to.client.call('CLUSTER', 'SETSLOT', slot, 'NODE', toId);
    await from.client.call('CLUSTER', 'SETSLOT', slot, 'NODE', toId);
  }

  /** Every slot has its master, and every replica follows one. */
  async untilWhole(): Promise<void> {
    const isLate = lateness('The cluster is not whole again');
    for (const node of this.nodes) {
      const isWhole = async (): Promise<boolean> => {
        const info = String(await node.client.call('CLUSTER', 'INFO'));
        const replication = await node.client.info('replication');
        return (
          info.includes('cluster_state:ok') &&
          info.includes('cluster_slots_ok:16384') &&
          /role:master|master_link_status:up/.test(replication)
        );
      };
      for (; !(await isWhole().catch(() => false)); isLate()) await sleep(POLL_MS);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.nodes.map((node) => node[Symbol.asyncDispose]()));
  }

  async #start({ users = [], onSpawn = () => {}, ...options }: ClusterSetOptions): Promise<void> {
    const { password } = this;
    mkdirSync(options.directory, { recursive: true, mode: 0o711 });
    for (let nth = 0; nth < NODES; nth += 1)
      this.nodes.push(await ClusterNode.open({ ...options, nth, password, users, onSpawn }));
    await formCluster(
      this.nodes.map(({ url, busPort }) => ({ url, busPort })),
      MASTERS,
    );
  }

  async #moveKeys(slot: number, from: ClusterNode, to: ClusterNode): Promise<void> {
    for (;;) {
      const keys = (await from.client.call('CLUSTER', 'GETKEYSINSLOT', slot, KEYS_AT_ONCE)) as readonly string[];
      if (keys.length === 0) return;
      for (const key of keys)
        await from.client.call('MIGRATE', '127.0.0.1', to.port, key, 0, MIGRATE_MS, 'AUTH', this.password);
    }
  }

  async #portOf(slot: number, node: ClusterNode): Promise<number> {
    type Range = readonly [first: number, last: number, master: readonly [string, number]];
    const ranges = (await node.client.call('CLUSTER', 'SLOTS')) as readonly Range[];
    return ranges.find(([first, last]) => first <= slot && slot <= last)?.[2][1] ?? 0;
  }
}
