import { isClusterUrl } from '../platform/index.ts';
import { Lanes } from './cluster/lanes.ts';
import { ForeignRedis } from './ownership.ts';
import { openBlockingRedis, openRedis, type RedisServer } from './redis.ts';
import type { Membership, StreamGroup } from './stream-group.ts';
import { isReply, readAtOnce, readWaiting, streamGroupOn } from './stream-group-on.ts';

interface LanesOptions {
  readonly server: string | RedisServer;
  readonly membership: Membership;
  readonly silenceTimeoutMs: number | undefined;
}

/** A member of a group on one Redis, with a connection of its own, for its reads block. */
const openSingle = (server: string | RedisServer, membership: Membership, silenceTimeoutMs?: number): StreamGroup => {
  const redis = openBlockingRedis(server, silenceTimeoutMs);
  return streamGroupOn({
    redis,
    membership,
    readNew: ({ streams, count, blockMs }) =>
      blockMs === null
        ? readAtOnce(redis, membership, { streams, count, blockMs })
        : readWaiting(redis, membership, { streams, count, blockMs }),
    // Each read hands over what it brings.
    leave: async () => [],
    isOfStream: isReply,
    close: () => redis.disconnect(),
  });
};

/** A member of a group on a cluster. A master that is away holds up its own streams alone. */
const openLanes = ({ server, membership, silenceTimeoutMs }: LanesOptions): StreamGroup => {
  const redis = openRedis(server);
  const lanes = new Lanes({
    open: () => openBlockingRedis(server, silenceTimeoutMs),
    read: {
      now: (lane, request) => readAtOnce(lane, membership, { ...request, blockMs: null }),
      waiting: (lane, request) => readWaiting(lane, membership, request),
    },
    prefix: redis.options.keyPrefix ?? '',
  });
  return streamGroupOn({
    redis,
    membership,
    readNew: (request) => lanes.readNew(request),
    leave: (request) => lanes.leave(request),
    isOfStream: (error) => !(error instanceof ForeignRedis),
    close: () => {
      lanes.close();
      redis.disconnect();
    },
  });
};

/** A member of a group on Redis, with connections of its own, for its reads block. */
export const openRedisStreamGroup = (
  server: string | RedisServer,
  membership: Membership,
  silenceTimeoutMs?: number,
): StreamGroup =>
  isClusterUrl(typeof server === 'string' ? server : server.url)
    ? openLanes({ server, membership, silenceTimeoutMs })
    : openSingle(server, membership, silenceTimeoutMs);
