import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ClusterSet } from '../../../harness/support/cluster/cluster-set.ts';
import { busUser, openRedis } from '../../bus/index.ts';
import { STREAMS } from '../../events/index.ts';
import { makeUsersAt } from './make-users-at.ts';

const USER = { name: 'shop_saga', service: 'saga', password: 'hunter2', channel: 'changes' } as const;

let opened: AsyncDisposableStack;
let cluster: ClusterSet;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  const directory = mkdtempSync(join(inject('runDirectory'), 'users-'));
  cluster = opened.use(await ClusterSet.open({ directory, nodeTimeoutMs: 2_000 }));
});

afterAll(() => opened.disposeAsync());

describe('the users of a Redis Cluster', () => {
  it('are made on every node, with one password, and may follow the keys', async () => {
    const users = [busUser({ ...USER, streams: [STREAMS.orders] })];
    const made = await makeUsersAt({ url: cluster.url, tls: undefined }, users, { newPasswords: false });
    expect([...made.fresh]).toEqual([USER.name]);
    for (const { client } of cluster.nodes) expect(await client.call('ACL', 'USERS')).toContain(USER.name);
    const redis = opened.adopt(openRedis(cluster.urlAs(USER.name, USER.password)), (each) => each.disconnect());
    await redis.xgroup('CREATE', STREAMS.orders, 'readers', '0', 'MKSTREAM');
    expect(await redis.exists(STREAMS.orders)).toBe(1);
    await expect(redis.exists(STREAMS.carts)).rejects.toThrow('NOPERM');
  });

  it('are named where a node is away', async () => {
    const [gone] = await cluster.masters();
    await gone?.kill();
    const users = [busUser({ ...USER, streams: [] })];
    const { notes } = await makeUsersAt({ url: cluster.url, tls: undefined }, users, { newPasswords: false });
    expect(notes.join('\n')).toContain(`# The server 127.0.0.1:${gone?.port} has none of these users`);
  });
});
