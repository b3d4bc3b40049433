import { join } from 'node:path';
import { Redis } from 'ioredis';
import { sleep } from '../../../src/platform/index.ts';
import {
  freePort,
  type RunningServer,
  type ServerProcess,
  signalProcess,
  startRedis,
} from '../../../src/servers/index.ts';
import { CutLink } from './cut-link.ts';

const POLL_MS = 10;

export interface NodeOptions {
  readonly directory: string;
  readonly nth: number;
  readonly password: string;
  readonly nodeTimeoutMs: number;
  readonly users: readonly string[];
  readonly onSpawn: (server: ServerProcess) => void;
}

/** A node of a cluster. Others come to it by links, and it comes to them from an address of its own: so it can be cut off from them. */
export class ClusterNode implements AsyncDisposable {
  readonly options: NodeOptions;
  readonly #port: number;
  readonly #busPort: number;
  readonly #clients: CutLink;
  readonly #bus: CutLink;
  readonly client: Redis;
  #server: RunningServer | null = null;

  private constructor(options: NodeOptions, ports: readonly [number, number], links: readonly [CutLink, CutLink]) {
    this.options = options;
    [this.#port, this.#busPort] = ports;
    [this.#clients, this.#bus] = links;
    const { password } = options;
    const settings = { maxRetriesPerRequest: 0, commandTimeout: 1_000, retryStrategy: () => 100, lazyConnect: true };
    this.client = new Redis(`redis://:${password}@127.0.0.1:${ports[0]}`, settings);
    this.client.on('error', () => {});
  }

  static async open(options: NodeOptions): Promise<ClusterNode> {
    const ports = [await freePort(), await freePort()] as const;
    const links = [await CutLink.open(() => ports[0]), await CutLink.open(() => ports[1])] as const;
    const node = new ClusterNode(options, ports, links);
    await node.start();
    return node;
  }

  /** Where all others find it. */
  get url(): string {
    return `redis://:${this.options.password}@127.0.0.1:${this.port}`;
  }

  get port(): number {
    return this.#clients.port;
  }

  get busPort(): number {
    return this.#bus.port;
  }

  /** Where it comes to others from. */
  get source(): string {
    return `127.0.1.${this.options.nth + 1}`;
  }

  /** As it sees itself; null while it does not answer. */
  async role(): Promise<'master' | 'slave' | null> {
    const info = await this.client.info('replication').catch(() => '');
    return (/role:(master|slave)/.exec(info)?.[1] as 'master' | 'slave' | undefined) ?? null;
  }

  async id(): Promise<string> {
    return String(await this.client.call('CLUSTER', 'MYID'));
  }

  async start(): Promise<void> {
    const { directory, nth, password, nodeTimeoutMs, users, onSpawn } = this.options;
    this.#server = await startRedis({
      directory: join(directory, `node-${nth + 1}`),
      say: () => {},
      port: this.#port,
      password,
      users,
      onSpawn,
      settings: {
        'cluster-enabled': 'yes',
        'cluster-config-file': 'nodes.conf',
        'cluster-node-timeout': String(nodeTimeoutMs),
        'cluster-require-full-coverage': 'no',
        'cluster-port': String(this.#busPort),
        'cluster-announce-ip': '127.0.0.1',
        'cluster-announce-port': String(this.port),
        'cluster-announce-bus-port': String(this.busPort),
        'bind-source-addr': this.source,
        masterauth: password,
        'repl-diskless-sync-delay': '0',
      },
    });
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#server !== null) signalProcess(this.#server.process.identity, signal);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    while (this.#server?.process.exited() === false) await sleep(POLL_MS);
  }

  /** From now on nobody comes to it who comes from one of those addresses. */
  cutFrom(sources: readonly string[]): void {
    for (const link of [this.#clients, this.#bus]) link.cut((source) => sources.includes(source));
  }

  heal(): void {
    for (const link of [this.#clients, this.#bus]) link.heal();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.disconnect();
    await this.kill();
    await this.#clients[Symbol.asyncDispose]();
    await this.#bus[Symbol.asyncDispose]();
  }
}
