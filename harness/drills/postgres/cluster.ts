import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { runScript } from './shell.ts';

const SETTINGS = `
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
`;

export interface ClusterOptions {
  /** Of PostgreSQL's programs. */
  readonly programs: string;
  /** Its data; made by {@link Cluster.make}, a backup or a restore. */
  readonly directory: string;
  readonly port: number;
}

/** A server of PostgreSQL, as its host's operator has it: directories, and programs that are run on them. */
export class Cluster implements AsyncDisposable {
  readonly options: ClusterOptions;
  readonly #killAtExit = (): void => this.kill();

  constructor(options: ClusterOptions) {
    this.options = options;
    process.once('exit', this.#killAtExit);
  }

  get url(): string {
    return `postgres://panier@127.0.0.1:${this.options.port}/postgres`;
  }

  get log(): string {
    return `${this.options.directory}.log`;
  }

  /** Makes its data; `settings` as lines of postgresql.conf. */
  async make(settings = ''): Promise<void> {
    const { directory, port } = this.options;
    await this.#run('initdb -D "$PGDATA" -U panier --auth=trust -E UTF8 --locale=C >"$PGDATA.log"');
    appendFileSync(join(directory, 'postgresql.conf'), `${SETTINGS}port = ${port}\n${settings}`);
  }

  async start(): Promise<void> {
    await this.#run('pg_ctl -D "$PGDATA" -l "$PGDATA.log" -w start >>"$PGDATA.log"');
  }

  async stop(): Promise<void> {
    if (this.isRunning) await this.#run('pg_ctl -D "$PGDATA" -m fast -w stop >>"$PGDATA.log"');
  }

  get isRunning(): boolean {
    const pid = this.#pid;
    return pid !== null && existsSync(`/proc/${pid}`);
  }

  /** All of its processes at once, as when its host loses power. */
  kill(): void {
    const pid = this.#pid;
    if (pid === null || !this.isRunning) return;
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', `${pid}`, '--pid', `${pid}`], { encoding: 'utf8' });
    for (const each of children
      .split('\n')
      .map(Number)
      .filter((child) => child > 0))
      killed(each);
  }

  /** Rows of one query, on a connection of its own. */
  async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.off('exit', this.#killAtExit);
    this.kill();
  }

  get #pid(): number | null {
    const file = join(this.options.directory, 'postmaster.pid');
    return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
  }

  #run(text: string): Promise<string> {
    const { programs, directory } = this.options;
    return runScript(programs, { text, variables: { PGDATA: directory }, cwd: '/', as: 'Postgres' });
  }
}

const killed = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
};
