import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { openRedis } from '../../../src/bus/index.ts';
import type { ServerProcess } from '../../../src/servers/index.ts';
import { ClusterSet } from '../../support/cluster/cluster-set.ts';
import type { BusStage } from './bus-stage.ts';

const NODE_TIMEOUT_MS = 2_000;

/** The harness's Redis Cluster. Its processes come to the nodes themselves, for the nodes tell them where they are. */
export class ClusterStage implements BusStage {
  readonly #directory: string;
  readonly #spawned: ServerProcess[] = [];
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
    const told = this.set.nodes.map(async ({ port, client }) => {
      const stats = await client.info('commandstats').catch(() => null);
      return stats === null ? [] : [[String(port), stats] as const];
    });
    return new Map((await Promise.all(told)).flat());
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

  get #current() {
    if (this.#opened === null) throw new Error('The cluster has not been started.');
    return this.#opened;
  }
}
