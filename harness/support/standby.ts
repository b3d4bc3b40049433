import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type RunningServer, signalProcess, startPostgres } from '../../src/servers/index.ts';

/** A primary of the calling file's own and a standby that streams from it, both on loopback. */
export interface Replicated extends AsyncDisposable {
  readonly url: string;
  readonly standbyUrl: string;
  /** The standby takes in what is sent, and shows none of it. */
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
  /** SIGKILL. */
  readonly killStandby: () => Promise<void>;
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

export const replicatedPostgres = async (): Promise<Replicated> => {
  const name = join(inject('runDirectory'), `replicated-${randomBytes(6).toString('hex')}`);
  const [own, copy] = [`${name}-primary`, `${name}-standby`];
  const primary = await start(own);
  await backUp(primary, own, copy);
  const standby = await start(copy, { primary_conninfo: connInfoOf(primary.url), hot_standby: 'on' });
  return {
    url: primary.url,
    standbyUrl: standby.url,
    pause: () => ask(standby.url, 'select pg_wal_replay_pause()'),
    resume: () => ask(standby.url, 'select pg_wal_replay_resume()'),
    killStandby: async () => {
      signalProcess(standby.process.identity, 'SIGKILL');
      await end(standby);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([end(primary), end(standby)]);
      for (const directory of [own, copy]) rmSync(directory, { recursive: true, force: true });
    },
  };
};
