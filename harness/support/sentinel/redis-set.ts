import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { sleep } from '../../../src/platform/index.ts';
import { type RunningServer, signalProcess, startRedis } from '../../../src/servers/index.ts';
import { MASTER, SentinelProcess } from './sentinel-process.ts';

const POLL_MS = 20;
const REPLICATION = 'replication';

export interface RedisSetOptions {
  readonly directory: string;
  readonly replicas: number;
  readonly sentinels: number;
  readonly downAfterMs: number;
  /** Who may come, beside the administrator: what stands behind `user` in redis.conf. */
  readonly users?: readonly string[];
}

interface Data {
  readonly directory: string;
  readonly port: number;
  readonly client: Redis;
  server: RunningServer;
}

const open = (url: string): Redis => {
  const client = new Redis(url, { maxRetriesPerRequest: 0, commandTimeout: 1_000, retryStrategy: () => 100 });
  client.on('error', () => {});
  return client;
};

/** One master, its replicas, and Sentinels that watch them, on loopback, with all that can be done to them. */
export class RedisSet implements AsyncDisposable {
  readonly password = randomBytes(16).toString('hex');
  readonly sentinelPassword = randomBytes(16).toString('hex');
  readonly #options: RedisSetOptions;
  readonly #stack = new AsyncDisposableStack();
  readonly #data: Data[] = [];
  readonly #sentinels: SentinelProcess[] = [];
  readonly #clients: Redis[] = [];

  private constructor(options: RedisSetOptions) {
    this.#options = options;
  }

  static async open(options: RedisSetOptions): Promise<RedisSet> {
    const set = new RedisSet(options);
    try {
      await set.#start();
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
    const hosts = this.#sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',');
    return `redis+sentinel://${user}:${password}@${hosts}/${MASTER}?sentinelPassword=${this.sentinelPassword}`;
  }

  get ports(): readonly number[] {
    return this.#data.map(({ port }) => port);
  }

  /** As the administrator. */
  clientOf(port: number): Redis {
    return this.#at(port).client;
  }

  /** Who is master, as most Sentinels say. */
  async master(): Promise<number> {
    const told = await Promise.allSettled(
      this.#clients.map((client) => client.call('SENTINEL', 'get-master-addr-by-name', MASTER)),
    );
    const ports = told.flatMap((end) => (end.status === 'fulfilled' ? [Number((end.value as string[])[1])] : []));
    const votes = [...Map.groupBy(ports, (port) => port)].toSorted(([, one], [, other]) => other.length - one.length);
    return votes[0]?.[0] ?? 0;
  }

  async untilMasterIsNot(port: number): Promise<number> {
    for (;;) {
      const master = await this.master();
      if (master !== 0 && master !== port) return master;
      await sleep(POLL_MS);
    }
  }

  signal(port: number, signal: NodeJS.Signals): void {
    signalProcess(this.#at(port).server.process.identity, signal);
  }

  async kill(port: number): Promise<void> {
    this.signal(port, 'SIGKILL');
    while (!this.#at(port).server.process.exited()) await sleep(POLL_MS);
  }

  /** With the data that it had, and without a word of who is master now: it takes itself for one, as its settings say. */
  async restart(port: number): Promise<void> {
    const data = this.#at(port);
    data.server = await this.#serve(data.directory, { port });
  }

  /** From now on no replica hears of what the master takes. */
  async cutReplication(master: number): Promise<void> {
    await this.clientOf(master).call('ACL', 'SETUSER', REPLICATION, 'off');
    await this.clientOf(master).call('CLIENT', 'KILL', 'TYPE', 'replica');
  }

  /** As an operator asks for it, before the master's machine is taken away. */
  async failOver(): Promise<void> {
    await this.#clients[0]?.call('SENTINEL', 'FAILOVER', MASTER);
  }

  /** Every Sentinel knows of all others, and of every replica. */
  async untilKnown(): Promise<void> {
    const { replicas, sentinels } = this.#options;
    const wanted = { 'num-slaves': String(replicas), 'num-other-sentinels': String(sentinels - 1) };
    for (const client of this.#clients) {
      const isComplete = async (): Promise<boolean> => {
        const pairs = (await client.call('SENTINEL', 'MASTER', MASTER)) as readonly string[];
        return Object.entries(wanted).every(([name, value]) => pairs[pairs.indexOf(name) + 1] === value);
      };
      while (!(await isComplete())) await sleep(POLL_MS);
    }
  }

  /** All replicas have caught up with the master. */
  async untilReplicated(): Promise<void> {
    const master = await this.untilMasterIsNot(0);
    for (const port of this.ports.filter((each) => each !== master)) {
      const isUp = async () =>
        /master_link_status:up/.test(
          await this.clientOf(port)
            .info('replication')
            .catch(() => ''),
        );
      while (!(await isUp())) await sleep(POLL_MS);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { port, client } of this.#data) {
      client.disconnect();
      await this.kill(port);
    }
    for (const client of this.#clients) client.disconnect();
    await this.#stack.disposeAsync();
  }

  async #start(): Promise<void> {
    const { directory, replicas, sentinels, downAfterMs } = this.#options;
    const masterPort = await this.#add({});
    for (let nth = 0; nth < replicas; nth += 1) await this.#add({ replicaof: `127.0.0.1 ${masterPort}` });
    const quorum = Math.floor(sentinels / 2) + 1;
    const { password, sentinelPassword } = this;
    const watched = { directory, masterPort, password, sentinelPassword, quorum, downAfterMs };
    for (let nth = 0; nth < sentinels; nth += 1) {
      const sentinel = this.#stack.use(await SentinelProcess.start(watched));
      this.#sentinels.push(sentinel);
      this.#clients.push(open(`redis://:${sentinelPassword}@127.0.0.1:${sentinel.port}`));
    }
    await this.untilReplicated();
    await this.untilKnown();
  }

  async #add(settings: Readonly<Record<string, string>>): Promise<number> {
    const directory = join(this.#options.directory, `redis-${this.#data.length + 1}`);
    const server = await this.#serve(directory, { settings });
    const port = Number(new URL(server.url).port);
    this.#data.push({ directory, port, client: open(server.url), server });
    return port;
  }

  #serve(directory: string, given: { readonly port?: number; readonly settings?: Readonly<Record<string, string>> }) {
    const { password } = this;
    return startRedis({
      directory,
      say: () => {},
      password,
      ...given,
      users: [`${REPLICATION} on >${password} +psync +replconf +ping`, ...(this.#options.users ?? [])],
      settings: { masteruser: REPLICATION, masterauth: password, 'repl-diskless-sync-delay': '0', ...given.settings },
    });
  }

  #at(port: number): Data {
    const data = this.#data.find((each) => each.port === port);
    if (data === undefined) throw new Error(`There is no Redis on port ${port}.`);
    return data;
  }
}
