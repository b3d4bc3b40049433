import { describe, expect, it } from 'vitest';
import { openLogger } from '../platform/index.ts';
import { Ownership, openOwnedRedis } from './index.ts';

const ownership = new Ownership({
  databaseId: '00000000-0000-0000-0000-000000000000',
  marks: [],
  objection: async () => null,
  logger: openLogger('silent'),
});

describe('a Redis that is away', () => {
  it.each([
    ['redis://:hunter2@127.0.0.1:1', 'Redis is away: connect ECONNREFUSED 127.0.0.1:1'],
    [
      'redis+sentinel://:hunter2@127.0.0.1:1/mymaster?sentinelPassword=hunter2',
      'Redis is away: No Sentinel says which Redis is master of mymaster: 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1',
    ],
  ])('is an error that says why: %s', async (url, message) => {
    using connections = new DisposableStack();
    const redis = connections.adopt(openOwnedRedis({ url, prefix: '', ownership }), (each) => each.disconnect());
    await expect(redis.get('anything')).rejects.toThrow(message);
  });
});
