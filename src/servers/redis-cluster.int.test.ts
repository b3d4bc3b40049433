import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cluster } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Servers, startServers } from './index.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

let dataDir: string;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'panier-cluster-'));
});

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const start = (): Promise<Servers> =>
  startServers({ dataDir, databaseUrl: 'postgres://db.example/shop', isCluster: true, say: () => undefined });

const nodes = (): readonly ProcessIdentity[] =>
  (JSON.parse(readFileSync(join(dataDir, 'servers.json'), 'utf8')) as { redisNodes: ProcessIdentity[] }).redisNodes;

/** As anybody's client finds it. */
const withClient = async <T>({ redisUrl }: Servers, work: (client: Cluster) => Promise<T>): Promise<T> => {
  const [, password = '', hosts = ''] = /:\/\/default:(\w+)@(.*)$/.exec(redisUrl) ?? [];
  const places = hosts.split(',').map((host) => ({ host: '127.0.0.1', port: Number(host.split(':')[1]) }));
  const client = new Cluster(places, { redisOptions: { password } });
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
};

describe('a Redis Cluster of its own', () => {
  it('is three masters with a replica each, and is together again after all of it was killed', async () => {
    const servers = await start();
    const roles = await withClient(servers, async (client) => {
      await client.set('basket', 'full');
      return String(await client.call('CLUSTER', 'NODES')).match(/\b(master|slave)\b/g);
    });
    expect(roles?.toSorted()).toEqual(['master', 'master', 'master', 'slave', 'slave', 'slave']);
    const before = nodes();
    expect(before).toHaveLength(6);
    servers.kill();
    await expect.poll(() => before.some(isAlive)).toBe(false);
    await servers[Symbol.asyncDispose]();
    await using again = await start();
    expect(again.redisUrl).not.toBe(servers.redisUrl);
    expect(await withClient(again, (client) => client.get('basket'))).toBe('full');
  });

  it('is made anew where a start was interrupted that made it', async () => {
    const directory = join(dataDir, 'redis-cluster');
    rmSync(join(directory, 'formed'), { force: true });
    mkdirSync(join(directory, 'node-1'), { recursive: true });
    writeFileSync(join(directory, 'node-1', 'nodes.conf'), 'half a li');
    await using servers = await start();
    expect(await withClient(servers, (client) => client.get('basket'))).toBeNull();
  });
});
