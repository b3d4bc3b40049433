import { MemoryStreamGroup } from '../../harness/simulation/memory/stream-group.ts';
import { testRedis } from '../../harness/support/servers.ts';
import { openRedis, openRedisStreamGroup } from '../../src/bus/index.ts';
import { openMemoryStage } from './memory-stage.ts';
import { type Bus, describeStreamGroup } from './stream-group.contract.ts';

const openRedisBus = async (): Promise<Bus> => {
  const server = await testRedis();
  const redis = openRedis(server.url);
  return {
    join: (membership) => openRedisStreamGroup(server.url, membership),
    add: async (stream, fields) => (await redis.xadd(stream, '*', ...fields)) ?? '',
    flush: async () => void (await redis.flushall()),
    [Symbol.asyncDispose]: async () => {
      redis.disconnect();
      await server[Symbol.asyncDispose]();
    },
  };
};

const openMemoryBus = async (): Promise<Bus> => {
  const stage = openMemoryStage();
  const { bus } = stage.world;
  return {
    join: (membership) => new MemoryStreamGroup(stage.connect().bus, membership),
    add: async (stream, fields) => bus.add(stream, fields),
    flush: async () => bus.flush(),
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
};

describeStreamGroup('Redis', openRedisBus);
describeStreamGroup('simulation', openMemoryBus);
