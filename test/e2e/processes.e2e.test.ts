import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../../harness/support/eventually.ts';
import { type ProcessIdentity, signalProcess } from '../../src/servers/index.ts';

const READY_WITHIN_MS = 50_000;
const ENDS_WITHIN_MS = 5_000;

type Running = {
  /** What was started: npm, or node itself. */
  readonly starter: ChildProcess;
  readonly panierPid: number;
  readonly url: string;
  readonly servers: readonly [postgres: ProcessIdentity, redis: ProcessIdentity];
  /** All that it has printed and logged. */
  readonly said: () => string;
  /** The exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
};

/** What a test that failed may leave behind. */
const started: { readonly panierPid: number; readonly servers: readonly ProcessIdentity[] }[] = [];

const dataDir = (name = 'processes'): string => join(inject('runDirectory'), name);

const isAlive = (pid: number): boolean => {
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ') Z';
  return !/\) [ZX]/.test(stat);
};

const readServers = (directory = dataDir()) =>
  JSON.parse(readFileSync(join(directory, 'servers.json'), 'utf8')) as {
    readonly owner: ProcessIdentity;
    readonly postgres: ProcessIdentity;
    readonly redis: ProcessIdentity;
  };

const COMMANDS = { npm: ['npm', 'start'], node: ['node', 'src/cli/start.ts'] } as const;

const spawnBy = (by: keyof typeof COMMANDS, directory: string, environment: NodeJS.ProcessEnv = {}) => {
  const [program, ...args] = COMMANDS[by];
  const env = {
    ...process.env,
    ...environment,
    PANIER_DATA_DIR: directory,
    PORT: '0',
    PANIER_INVENTORY_PORT: '0',
    PANIER_OPS_PORT: '0',
  };
  return spawn(program, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
};

const start = async (by: keyof typeof COMMANDS, environment?: NodeJS.ProcessEnv): Promise<Running> => {
  const starter = spawnBy(by, dataDir(), environment);
  const ended = once(starter, 'exit').then(([code]) => code as number | null);
  let said = '';
  const collect = (chunk: Buffer): void => void (said += chunk.toString());
  starter.stdout.on('data', collect);
  starter.stderr.on('data', collect);
  await eventually(() => expect(said).toContain('Ctrl-C stops.'), READY_WITHIN_MS);
  const { owner, postgres, redis } = readServers();
  const [, port] = /localhost:(\d+)\/graphql/.exec(said) ?? [];
  const running: Running = {
    starter,
    ended,
    said: () => said,
    panierPid: owner.pid,
    url: `http://127.0.0.1:${port}`,
    servers: [postgres, redis],
  };
  started.push(running);
  return running;
};

const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

const allGo = (pids: readonly number[]): Promise<void> =>
  eventually(() => expect(pids.filter(isAlive)).toEqual([]), ENDS_WITHIN_MS);

const allEnd = ({ panierPid, servers }: Running): Promise<void> => allGo([panierPid, ...servers.map(({ pid }) => pid)]);

afterEach(() => {
  for (const { panierPid, servers } of started.splice(0)) {
    if (isAlive(panierPid)) process.kill(panierPid, 'SIGKILL');
    for (const server of servers) signalProcess(server, 'SIGKILL');
  }
});

/** As the terminal signals whatever runs in it. */
const toGroup = ({ starter }: Running, signal: NodeJS.Signals): boolean => process.kill(-(starter.pid ?? 0), signal);

interface Ending {
  readonly by: keyof typeof COMMANDS;
  readonly how: string;
  readonly end: (running: Running) => void;
  /** What the starter exits with; null when a signal ends it. */
  readonly code: number | null;
}

const closeTerminal = (running: Running): void => {
  running.starter.stdout?.destroy();
  running.starter.stderr?.destroy();
  toGroup(running, 'SIGHUP');
};

const ENDINGS: readonly Ending[] = [
  { by: 'npm', how: 'SIGTERM to npm alone', end: ({ starter }) => starter.kill('SIGTERM'), code: 0 },
  { by: 'npm', how: 'Ctrl-C, by the terminal and by npm', end: (running) => toGroup(running, 'SIGINT'), code: 0 },
  { by: 'npm', how: 'a terminal that is closed', end: closeTerminal, code: null },
  { by: 'npm', how: 'SIGKILL to npm', end: ({ starter }) => starter.kill('SIGKILL'), code: null },
  { by: 'node', how: 'SIGTERM', end: ({ starter }) => starter.kill('SIGTERM'), code: 0 },
  { by: 'node', how: 'SIGHUP', end: ({ starter }) => starter.kill('SIGHUP'), code: 0 },
  { by: 'node', how: 'SIGKILL', end: ({ starter }) => starter.kill('SIGKILL'), code: null },
];

describe('panier ends with its servers', () => {
  it.each(ENDINGS)('started by $by: on $how', async ({ by, end, code }) => {
    const running = await start(by);
    end(running);
    await allEnd(running);
    expect(await running.ended).toBe(code);
  });

  it('also when npm is killed while the first start makes the data of PostgreSQL', async () => {
    const directory = dataDir('first-start');
    const npm = spawnBy('npm', directory);
    npm.stdout.resume();
    npm.stderr.resume();
    await eventually(
      () => expect(existsSync(join(directory, 'postgres.new', 'PG_VERSION'))).toBe(true),
      READY_WITHIN_MS,
    );
    const { owner } = readServers(directory);
    started.push({ panierPid: owner.pid, servers: [] });
    const all = [owner.pid, ...childrenOf(owner.pid)];
    npm.kill('SIGKILL');
    await allGo(all);
  });

  it.each(['PostgreSQL', 'Redis'] as const)('when its %s is killed: the next start recovers', async (name) => {
    const running = await start('node');
    const [postgres, redis] = running.servers;
    // As whoever makes room on a full disk may have done.
    for (const log of ['postgres.log', 'redis.log']) rmSync(join(dataDir(), log));
    process.kill((name === 'PostgreSQL' ? postgres : redis).pid, 'SIGKILL');
    await allEnd(running);
    expect(await running.ended).toBe(1);
    expect(running.said()).toContain('A server that was started here has ended: the process stops');
    await start('node');
  });

  it('at once on a second SIGINT', async () => {
    const running = await start('node');
    running.starter.kill('SIGSTOP');
    running.starter.kill('SIGCONT');
    running.starter.kill('SIGINT');
    setTimeout(() => running.starter.kill('SIGINT'), 300);
    await allEnd(running);
    expect([0, 130]).toContain(await running.ended);
  });

  it('before it is cut off though an endpoint of traces never answers', async () => {
    const endpoint = createServer(() => {}).listen(0, '127.0.0.1');
    await once(endpoint, 'listening');
    const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
    const running = await start('node', { OTEL_EXPORTER_OTLP_ENDPOINT: url });
    await fetch(`${running.url}/graphql?query={__typename}`);
    const stopsAtMs = performance.now();
    running.starter.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(performance.now() - stopsAtMs).toBeLessThan(4_000);
    endpoint.closeAllConnections();
    endpoint.close();
  });

  it('within 5 s though a WebSocket never reads, and others keep connections', async () => {
    const running = await start('node');
    const deaf = new WebSocket(`${running.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(deaf, 'open');
    deaf.send(JSON.stringify({ type: 'connection_init' }));
    await once(deaf, 'message');
    deaf.pause();
    await fetch(`${running.url}/graphql?query={__typename}`);
    running.starter.kill('SIGTERM');
    await allEnd(running);
    expect(await running.ended).toBe(0);
    deaf.terminate();
  });
});
