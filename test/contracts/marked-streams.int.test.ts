import { memoryMarkedStreams } from '../../harness/simulation/memory/marked-streams.ts';
import { testRedis } from '../../harness/support/servers.ts';
import { openRedis } from '../../src/bus/index.ts';
import { markKey, parseMark, redisMarkedStreams } from '../../src/relay/index.ts';
import { describeMarkedStreams, type StreamsAtWork } from './marked-streams.contract.ts';
import { openMemoryStage } from './memory-stage.ts';

const eventIdOf = (fields: readonly string[]): string => fields[fields.indexOf('event_id') + 1] ?? '';

const openOnRedis = async (): Promise<StreamsAtWork> => {
  const server = await testRedis();
  const redis = openRedis(server.url);
  return {
    streamsOf: (journal) => redisMarkedStreams(redis, journal),
    entries: async (stream) =>
      (await redis.xrange(stream, '-', '+')).map(([id, fields]) => [id, eventIdOf(fields)] as const),
    flush: async () => void (await redis.flushall()),
    spoilMark: async (stream, by) => {
      const key = markKey('write', stream);
      await redis.del(key);
      await (typeof by === 'string' || Buffer.isBuffer(by) ? redis.set(key, by) : redis.rpush(key, ...by));
    },
    [Symbol.asyncDispose]: async () => {
      redis.disconnect();
      await server[Symbol.asyncDispose]();
    },
  };
};

const openInMemory = async (): Promise<StreamsAtWork> => {
  const stage = openMemoryStage();
  const { bus } = stage.world;
  return {
    streamsOf: (journal) => memoryMarkedStreams(stage.connect().bus, journal),
    entries: async (stream) =>
      (bus.streams.get(stream)?.entries ?? []).map(({ id, fields }) => [id, eventIdOf(fields)] as const),
    flush: async () => bus.flush(),
    spoilMark: async (stream, by) => void bus.marks.set(`${stream} write`, parseMark(String(by))),
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
};

describeMarkedStreams('Redis', openOnRedis);
describeMarkedStreams('simulation', openInMemory);
