import { expect, it } from 'vitest';
import { openRedis } from '../../../src/bus/index.ts';
import { partitionKey } from '../../../src/events/index.ts';
import { testRedis } from '../../support/servers.ts';
import { STREAMS, Streams } from '../stage/index.ts';
import { Observer } from './observer.ts';

const [carts] = STREAMS;

it('counts what came to a stream and to all of its partitions, and an event that came to two of them twice', async () => {
  await using opened = new AsyncDisposableStack();
  const client = openRedis(opened.use(await testRedis()).url);
  opened.defer(() => client.disconnect());
  const streams = new Streams(2);
  const observer = new Observer({ streams, redis: { client, statistics: async () => new Map() } });
  const add = (key: string, eventId: string) => client.xadd(key, '*', 'event_id', eventId);
  await add(carts, 'event_1');
  await add(partitionKey(carts, 1), 'event_2');
  await observer.look();
  expect([observer.entries, observer.duplicates]).toEqual([2, 0]);
  streams.become(4);
  await add(partitionKey(carts, 3), 'event_2');
  await observer.look();
  expect([observer.entries, observer.duplicates]).toEqual([3, 1]);
});
