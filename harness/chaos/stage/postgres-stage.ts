import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { errorCodeOf, sleep } from '../../../src/platform/index.ts';
import { type RunningServer, type ServerProcess, signalProcess, startPostgres } from '../../../src/servers/index.ts';

const EXIT_POLL_MS = 10;
/** Every server has it, and panier is not in it. */
const OTHER_DATABASE = 'template1';
/** What is committed without waiting for the disk stays off it for long: whoever trusts in it is found out. */
const KEEP_UNSYNCHRONISED = [`alter system set wal_writer_delay = '10s'`, 'select pg_reload_conf()'];

const childrenOf = (pid: number): readonly number[] =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .split('\n')
    .map(Number)
    .filter((child) => child > 0);

/** One that has ended meanwhile needs no signal any more. */
const signalTree = (identity: ServerProcess['identity'], signal: NodeJS.Signals): void => {
  signalProcess(identity, signal);
  for (const pid of childrenOf(identity.pid))
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (errorCodeOf(error) !== 'ESRCH') throw error;
    }
};

/** The harness's PostgreSQL, with all that can be done to it. */
export class PostgresStage implements AsyncDisposable {
  readonly #directory: string;
  #running: RunningServer | null = null;
  #spawned: ServerProcess | null = null;

  constructor(directory: string, name = 'postgres') {
    this.#directory = join(directory, name);
  }

  get port(): number {
    return Number(new URL(this.#current.url).port);
  }

  /** How a process reaches it through a proxy on `port`. */
  urlAt(port: number): string {
    const url = new URL(this.#current.url);
    url.port = String(port);
    return url.href;
  }

  async start(): Promise<void> {
    this.#running = await startPostgres({
      directory: this.#directory,
      onSpawn: (process) => (this.#spawned = process),
    });
    for (const setting of KEEP_UNSYNCHRONISED) await this.query(setting);
  }

  /** Without a checkpoint and without a word: what was not written ahead is lost. */
  async stopImmediately(): Promise<void> {
    const { process } = this.#current;
    signalProcess(process.identity, 'SIGQUIT');
    while (!process.exited()) await sleep(EXIT_POLL_MS);
  }

  /** Every process of it stands still, and nothing is closed. */
  freeze(): void {
    signalTree(this.#current.process.identity, 'SIGSTOP');
  }

  thaw(): void {
    signalTree(this.#current.process.identity, 'SIGCONT');
  }

  /** Rows of one query, on a connection of its own. */
  async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const { rows } = await this.#connected(this.#current.url, (client) => client.query<Row>(text, [...values]));
    return rows;
  }

  /** Keeps a transaction open that has begun with a statement: in panier's database, or beside it on the same server. */
  async holdTransaction(where: 'Inside' | 'Beside', statement: string, ms: number): Promise<void> {
    const url = new URL(this.#current.url);
    if (where === 'Beside') url.pathname = OTHER_DATABASE;
    await this.#connected(url.href, async (client) => {
      await client.query('begin');
      await client.query(statement);
      await sleep(ms);
      await client.query('commit');
    });
  }

  /** For those who have no time left. */
  killForGood(): void {
    this.#spawned?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running?.process.stop();
  }

  async #connected<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  get #current(): RunningServer {
    if (this.#running === null) throw new Error('PostgreSQL has not been started.');
    return this.#running;
  }
}
