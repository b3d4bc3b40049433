import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { openRedis } from '../../../src/bus/index.ts';
import type { ServerProcess } from '../../../src/servers/index.ts';
import type { ClusterNode } from '../../support/cluster/cluster-node.ts';
import { ClusterSet } from '../../support/cluster/cluster-set.ts';
import type { BusStage } from './bus-stage.ts';

const NODE_TIMEOUT_MS = 2_000;

/** The harness's Redis Cluster. Its processes come to the nodes themselves, for the nodes tell them where they are. */
export class ClusterStage implements BusStage {
  readonly #directory: string;
  readonly #spawned: ServerProcess[] = [];
  readonly #masters = new Set<number>();
  #opened: { readonly set: ClusterSet; readonly client: Redis } | null = null;

  constructor(directory: string) {
    this.#directory = directory;
  }

  get set(): ClusterSet {
    return this.#current.set;
  }

  get client(): Redis {
    return this.#current.client;
  }

  get port(): number {
    return this.set.nodes[0]?.port ?? 0;
  }

  async start(): Promise<void> {
    const onSpawn = (server: ServerProcess): void => void this.#spawned.push(server);
    const directory = join(this.#directory, 'cluster');
    const set = await ClusterSet.open({ directory, nodeTimeoutMs: NODE_TIMEOUT_MS, onSpawn });
    this.#opened = { set, client: openRedis(set.url) };
  }

  urlAt(): string {
    return this.set.url;
  }

  async statistics(): Promise<ReadonlyMap<string, string>> {
    const told = await Promise.all(this.set.nodes.map((node) => this.#statisticsOf(node).catch(() => null)));
    return new Map(this.set.nodes.map(({ port }, nth) => [String(port), told[nth] ?? '']));
  }

  async heal(): Promise<void> {
    this.set.heal();
    await this.set.untilWhole();
  }

  killForGood(): void {
    for (const server of this.#spawned) server.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#opened?.client.disconnect();
    await this.#opened?.set[Symbol.asyncDispose]();
  }

  /** Of a master. A replica is told of each reading as of a claim, and would count it as one when it is promoted. */
  async #statisticsOf({ port, client }: ClusterNode): Promise<string> {
    const isMaster = (await client.info('replication')).includes('role:master');
    if (!isMaster) this.#masters.delete(port);
    else if (!this.#masters.has(port)) await client.config('RESETSTAT');
    if (isMaster) this.#masters.add(port);
    return isMaster ? client.info('commandstats') : '';
  }

  get #current() {
    if (this.#opened === null) throw new Error('The cluster has not been started.');
    return this.#opened;
  }
}
