import { expect, it } from 'vitest';
import { NONSENSE_OF_REDIS, nonsenseServer } from '../../harness/support/nonsense-server.ts';
import { openRedis, serversBehind } from './redis.ts';

it.each(NONSENSE_OF_REDIS)(
  'a server that is no Redis, but says %s, ends nothing but its connection',
  async (_name, bytes) => {
    await using server = await nonsenseServer(bytes);
    using connections = new DisposableStack();
    const redis = connections.adopt(openRedis(`redis://127.0.0.1:${server.port}`, 300), (made) => made.disconnect());
    // What it says may be an answer by chance; a failure is the connection's.
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => redis.ping()));
    const failures = outcomes
      .filter(({ status }) => status === 'rejected')
      .map((outcome) => ('reason' in outcome ? outcome.reason : null) as unknown);
    expect(failures.filter((failure) => !(failure instanceof Error))).toEqual([]);
  },
);

it.each(NONSENSE_OF_REDIS)('what is no Sentinel, but says %s, is passed over by name', async (_name, bytes) => {
  await using server = await nonsenseServer(bytes);
  const url = `redis+sentinel://127.0.0.1:${server.port}/mymaster`;
  await expect(serversBehind({ url, prefix: '', ownership: null })).rejects.toThrow(
    `No Sentinel says which servers are behind mymaster: 127.0.0.1:${server.port}: `,
  );
});
