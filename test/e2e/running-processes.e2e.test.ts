import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { AS_OPERATOR, TOKEN_ENVIRONMENT } from '../../harness/support/tokens.ts';
import { readRunningServers } from '../../src/servers/index.ts';
import { type SpawnedPanier, spawnPanier } from './spawned-panier.ts';

const WITHIN_MS = 120_000;
/** What is dead is gone within 15 s; the answer may be a second old. */
const GONE_WITHIN_MS = 16_500;

let directory: string;
let panier: SpawnedPanier;
const others: ChildProcess[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'panier-processes-'));
  panier = await spawnPanier(join(directory, 'data'), {
    ...TOKEN_ENVIRONMENT,
    PANIER_ROLES: 'gateway,relay,payment,audit',
  });
}, WITHIN_MS);

afterAll(async () => {
  for (const child of others) child.kill('SIGKILL');
  await panier[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

/** One more process on the same servers, as its roles' own users. */
const startAs = async (roles: string): Promise<ChildProcess> => {
  const urls = readRunningServers(join(directory, 'data'))?.environment ?? {};
  const env = {
    ...urls,
    PATH: process.env['PATH'] ?? '',
    PANIER_ROLES: roles,
    PANIER_OPS_PORT: '0',
    PANIER_DATA_DIR: join(directory, roles),
  };
  const child = spawn(process.execPath, ['src/cli/start.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  others.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  await eventually(() => expect(said).toContain('panier is running'), 40_000);
  return child;
};

interface Seen {
  readonly id: string;
  readonly instance: number;
  readonly roles: readonly string[];
  readonly host: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly silentSeconds: number;
}

const seen = async (): Promise<readonly Seen[]> => {
  const response = await fetch(`${panier.url}/graphql`, {
    method: 'POST',
    headers: { ...AS_OPERATOR, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ processes { id instance roles host pid version startedAt silentSeconds } }' }),
  });
  const { data } = (await response.json()) as { readonly data: { readonly processes: readonly Seen[] } };
  return data.processes;
};

const pidsPlaying = async (role: string): Promise<readonly number[]> =>
  (await seen()).filter(({ roles }) => roles.includes(role)).map(({ pid }) => pid);

describe('the processes of panier', () => {
  it(
    'are seen with their roles, and one that is killed is gone within fifteen seconds',
    async () => {
      const saga = await startAs('saga');
      await eventually(async () => expect(await pidsPlaying('saga')).toEqual([saga.pid]));
      const all = await seen();
      expect(all.map(({ roles }) => roles)).toEqual([['gateway', 'relay', 'payment', 'audit'], ['saga']]);
      expect(all.map(({ instance, host }) => [instance, host])).toEqual([1, 2].map((nth) => [nth, hostname()]));
      saga.kill('SIGKILL');
      await once(saga, 'exit');
      await eventually(async () => expect(await pidsPlaying('saga')).toEqual([]), GONE_WITHIN_MS);
      expect(await pidsPlaying('gateway')).toHaveLength(1);
    },
    WITHIN_MS,
  );

  it(
    'go at once when they are stopped, and grow silent when they are frozen',
    async () => {
      const [webhooks, saga] = await Promise.all([startAs('webhooks'), startAs('saga')]);
      await eventually(async () => expect(await pidsPlaying('webhooks')).toEqual([webhooks.pid]));
      await eventually(async () => expect(await pidsPlaying('saga')).toEqual([saga.pid]));
      saga.kill('SIGSTOP');
      webhooks.kill('SIGTERM');
      await once(webhooks, 'exit');
      await eventually(async () => expect(await pidsPlaying('webhooks')).toEqual([]), 2_000);
      await eventually(async () => {
        const frozen = (await seen()).find(({ pid }) => pid === saga.pid);
        expect(frozen?.silentSeconds).toBeGreaterThan(6);
      }, GONE_WITHIN_MS);
      saga.kill('SIGCONT');
      await eventually(async () => {
        const thawed = (await seen()).find(({ pid }) => pid === saga.pid);
        expect(thawed?.silentSeconds).toBeLessThan(5.5);
      });
    },
    WITHIN_MS,
  );
});
