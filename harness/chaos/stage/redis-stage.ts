import { randomBytes } from 'node:crypto';
import { readdirSync, statSync, truncateSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { sleep } from '../../../src/platform/index.ts';
import { type ServerProcess, signalProcess, startRedis } from '../../../src/servers/index.ts';
import type { BusStage } from './bus-stage.ts';

const EXIT_POLL_MS = 10;
const COMMAND_START = /\r\n(?=\*\d+\r\n\$)/g;

interface Running {
  readonly directory: string;
  readonly port: number;
  readonly process: ServerProcess;
  readonly client: Redis;
}

/** The harness's Redis, with all that can be done to it. */
export class RedisStage implements BusStage {
  readonly password = randomBytes(16).toString('hex');
  readonly #directory: string;
  #count = 0;
  #running: Running | null = null;
  readonly #spawned: ServerProcess[] = [];

  constructor(directory: string) {
    this.#directory = directory;
  }

  get port(): number {
    return this.#current.port;
  }

  get client(): Redis {
    return this.#current.client;
  }

  async start(): Promise<void> {
    this.#running = await this.#open(this.#nextDirectory());
  }

  urlAt(linkPort: number): string {
    return `redis://default:${this.password}@127.0.0.1:${linkPort}`;
  }

  async statistics(): Promise<ReadonlyMap<string, string>> {
    return new Map([['redis', await this.client.info('commandstats')]]);
  }

  async heal(): Promise<void> {
    await this.client.config('SET', 'maxmemory', '0');
  }

  async kill(): Promise<void> {
    await this.#end(this.#current);
  }

  async restart(): Promise<void> {
    const { directory, port } = this.#current;
    this.#running = await this.#open(directory, port);
  }

  /** Bytes of the append-only file that is written now. */
  get appendOnlyBytes(): number {
    return statSync(this.#appendOnlyFile).size;
  }

  /** Cuts the append-only file of the stopped server after the first whole command beyond `offset`; returns the bytes lost. */
  async truncateAppendOnly(offset: number): Promise<number> {
    const file = this.#appendOnlyFile;
    const content = await readFile(file, 'latin1');
    COMMAND_START.lastIndex = offset;
    const boundary = COMMAND_START.exec(content);
    if (boundary === null) return 0;
    truncateSync(file, boundary.index + 2);
    return content.length - boundary.index - 2;
  }

  /** Makes a replica, cuts it off for `lagMs`, kills its master and promotes it: what it did not hear of is lost. */
  async failOver(lagMs: number): Promise<void> {
    const master = this.#current;
    const replica = await this.#open(this.#nextDirectory());
    await replica.client.config('SET', 'masterauth', this.password);
    await replica.client.replicaof('127.0.0.1', master.port);
    await this.#untilSynchronised(replica.client);
    await replica.client.replicaof('127.0.0.1', 1);
    await sleep(lagMs);
    await this.#end(master);
    await replica.client.replicaof('NO', 'ONE');
    this.#running = replica;
  }

  /** For those who have no time left. */
  killForGood(): void {
    for (const server of this.#spawned) server.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#running) await this.#end(this.#running);
  }

  get #current(): Running {
    if (this.#running === null) throw new Error('Redis has not been started.');
    return this.#running;
  }

  get #appendOnlyFile(): string {
    const directory = join(this.#current.directory, 'appendonlydir');
    const name = readdirSync(directory)
      .filter((entry) => entry.endsWith('.incr.aof'))
      .toSorted((left, right) => Number(left.split('.').at(-3)) - Number(right.split('.').at(-3)))
      .at(-1);
    if (name === undefined) throw new Error('Redis has no append-only file.');
    return join(directory, name);
  }

  #nextDirectory(): string {
    this.#count += 1;
    return join(this.#directory, `redis-${this.#count}`);
  }

  async #open(directory: string, port?: number): Promise<Running> {
    const onSpawn = (server: ServerProcess): void => void this.#spawned.push(server);
    const options = { directory, onSpawn, say: () => {}, password: this.password, ...(port !== undefined && { port }) };
    const { url, process } = await startRedis(options);
    const client = new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
    client.on('error', () => {});
    return { directory, port: Number(new URL(url).port), process, client };
  }

  async #end({ process, client }: Running): Promise<void> {
    client.disconnect();
    signalProcess(process.identity, 'SIGKILL');
    while (!process.exited()) await sleep(EXIT_POLL_MS);
  }

  async #untilSynchronised(replica: Redis): Promise<void> {
    while (!/master_link_status:up/.test(await replica.info('replication'))) await sleep(EXIT_POLL_MS);
  }
}
