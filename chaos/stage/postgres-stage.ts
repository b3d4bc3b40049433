import { join } from 'node:path';
import pg from 'pg';
import { sleep } from '../../src/platform/index.ts';
import { type RunningServer, type ServerProcess, signalProcess, startPostgres } from '../../src/servers/index.ts';

const EXIT_POLL_MS = 10;

/** The harness's PostgreSQL, with all that can be done to it. */
export class PostgresStage implements AsyncDisposable {
  readonly #directory: string;
  #running: RunningServer | null = null;
  #spawned: ServerProcess | null = null;

  constructor(directory: string) {
    this.#directory = join(directory, 'postgres');
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
  }

  /** Without a checkpoint and without a word: what was not written ahead is lost. */
  async stopImmediately(): Promise<void> {
    const { process } = this.#current;
    signalProcess(process.identity, 'SIGQUIT');
    while (!process.exited()) await sleep(EXIT_POLL_MS);
  }

  /** Rows of one query, on a connection of its own. */
  async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const client = new pg.Client({ connectionString: this.#current.url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** For those who have no time left. */
  killForGood(): void {
    this.#spawned?.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running?.process.stop();
  }

  get #current(): RunningServer {
    if (this.#running === null) throw new Error('PostgreSQL has not been started.');
    return this.#running;
  }
}
