import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type RunningServer, signalProcess, startPostgres } from '../../src/servers/index.ts';

/** Streams from another server. */
export interface Standby extends AsyncDisposable {
  readonly url: string;
  /** From now on it takes writes, on a timeline of its own. */
  readonly promote: () => Promise<void>;
  /** From now on it streams from there. */
  readonly follow: (url: string) => Promise<void>;
}

/** A primary of the calling file's own and a standby that streams from it, both on loopback. */
export interface Replicated extends AsyncDisposable {
  readonly url: string;
  readonly standbyUrl: string;
  /** The standby takes in what is sent, and shows none of it. */
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
  /** SIGKILL. */
  readonly killStandby: () => Promise<void>;
  /** Beside the other one. */
  readonly another: () => Promise<Standby>;
}

const ask = async (url: string, ...statements: readonly string[]): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

const end = async ({ process: postgres }: RunningServer): Promise<void> => {
  process.off('exit', postgres.kill);
  postgres.kill();
  await postgres.stop();
};

const start = async (directory: string, settings: Readonly<Record<string, string>> = {}): Promise<RunningServer> => {
  const server = await startPostgres({ directory, settings: { shared_buffers: '32MB', ...settings } });
  process.once('exit', server.process.kill);
  return server;
};

/** As pg_basebackup would, which the packages of npm do not bring. Source: postgresql.org/docs, "low level API". */
const backUp = async ({ url }: RunningServer, from: string, to: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("select pg_backup_start('standby', true)");
    // With its owner, who is another user where root starts it.
    execFileSync('cp', ['--archive', from, to]);
    rmSync(join(to, 'postmaster.pid'));
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    for (const [name, text] of [
      ['backup_label', rows[0]?.labelfile ?? ''],
      ['standby.signal', ''],
    ] as const) {
      writeFileSync(join(to, name), text);
      chmodSync(join(to, name), 0o666);
    }
  } finally {
    await client.end();
  }
};

const connInfoOf = (url: string): string => {
  const { hostname, port, username, password } = new URL(url);
  return `host=${hostname} port=${port} user=${username} password=${password} application_name=standby`;
};

const startStandby = async (primary: RunningServer, from: string, to: string): Promise<RunningServer> => {
  await backUp(primary, from, to);
  appendFileSync(join(to, 'postgresql.auto.conf'), `primary_conninfo = '${connInfoOf(primary.url)}'\n`);
  return start(to, { hot_standby: 'on' });
};

const leave = async (server: RunningServer, directory: string): Promise<void> => {
  await end(server);
  rmSync(directory, { recursive: true, force: true });
};

const standbyAs = (server: RunningServer, directory: string): Standby => ({
  url: server.url,
  promote: () => ask(server.url, 'select pg_promote()'),
  follow: (url) =>
    ask(server.url, `alter system set primary_conninfo = '${connInfoOf(url)}'`, 'select pg_reload_conf()'),
  [Symbol.asyncDispose]: () => leave(server, directory),
});

export const replicatedPostgres = async (): Promise<Replicated> => {
  const name = join(inject('runDirectory'), `replicated-${randomBytes(6).toString('hex')}`);
  const [own, copy] = [`${name}-primary`, `${name}-standby`];
  let others = 0;
  const primary = await start(own);
  const standby = await startStandby(primary, own, copy);
  return {
    url: primary.url,
    standbyUrl: standby.url,
    pause: () => ask(standby.url, 'select pg_wal_replay_pause()'),
    resume: () => ask(standby.url, 'select pg_wal_replay_resume()'),
    killStandby: async () => {
      signalProcess(standby.process.identity, 'SIGKILL');
      await end(standby);
    },
    another: async () => {
      const directory = `${name}-other-${(others += 1)}`;
      return standbyAs(await startStandby(primary, own, directory), directory);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([leave(primary, own), leave(standby, copy)]);
    },
  };
};
