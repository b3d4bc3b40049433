import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { RedisSet } from '../../harness/support/sentinel/redis-set.ts';
import { openRedis } from '../../src/bus/index.ts';

let opened: AsyncDisposableStack;
let set: RedisSet;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  const directory = mkdtempSync(join(inject('runDirectory'), 'sentinel-'));
  set = opened.use(await RedisSet.open({ directory, replicas: 1, sentinels: 1, downAfterMs: 1_000 }));
});

afterAll(() => opened.disposeAsync());

const makeUsers = async (): Promise<ReadonlyMap<string, string>> => {
  const env = { PATH: process.env['PATH'], REDIS_ADMIN_URL: set.url };
  const child = spawn(process.execPath, ['src/cli/roles.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = (await text(child.stdout)).split('\n').filter((line) => line.startsWith('REDIS_URL'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
};

describe('users behind Sentinels', () => {
  it('come in at whoever is promoted, with the same passwords, and find the Sentinels by what was printed', async () => {
    const urls = await makeUsers();
    const url = urls.get('REDIS_URL_SAGA') ?? '';
    const redis = opened.adopt(openRedis(url), (each) => each.disconnect());
    expect(await eventually(() => redis.ping())).toBe('PONG');
    const demoted = await set.master();
    await set.failOver();
    const promoted = await set.untilMasterIsNot(demoted);
    const another = opened.adopt(openRedis(url), (each) => each.disconnect());
    await eventually(() => another.ping());
    expect(String(await set.clientOf(promoted).client('LIST'))).toContain('user=panier_saga');
    await expect(another.set('anything', '')).rejects.toThrow('NOPERM');
  });
});
