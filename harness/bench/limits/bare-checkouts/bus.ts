import type { Redis } from 'ioredis';
import { type BareEvent, STREAM } from './life.ts';

const GROUPS = {
  audit: { name: 'event-audit-api', streams: [STREAM.carts, STREAM.orders, STREAM.payments] },
  saga: { name: 'inventory-saga-consumer', streams: [STREAM.orders, STREAM.payments] },
  write: { name: 'ecommerce-api', streams: [STREAM.orders, STREAM.payments] },
} as const;

/** The streams, and the marks beside them, of one wave: it reads what it has written, and nobody else's. */
export interface BareBus {
  /** Adds events of one stream, and moves its mark on; returns the last entry's id. */
  readonly add: (journal: string, events: readonly BareEvent[]) => Promise<string>;
  /** Reads what is new for a group, and acknowledges it; returns how many entries that were. */
  readonly take: (group: keyof typeof GROUPS) => Promise<number>;
  readonly announce: (position: string) => Promise<unknown>;
}

const ADD = `
  local id = ''
  for first = 2, #ARGV, 28 do id = redis.call('XADD', KEYS[1], '*', unpack(ARGV, first, first + 27)) end
  redis.call('SET', KEYS[2], ARGV[1] .. ':' .. id)
  return id`;

// As one text: it is taken apart in a quarter of the time that the client takes.
const TAKE = `
  local streams = {}
  for nth = 1, #KEYS do streams[nth], streams[#KEYS + nth] = KEYS[nth], '>' end
  return cjson.encode(redis.call('XREADGROUP', 'GROUP', ARGV[1], 'bare', 'COUNT', 10000, 'STREAMS', unpack(streams)))`;

const entryOf = (event: BareEvent, occurredAt: string): readonly string[] => [
  'event_id',
  event.eventId,
  'event_type',
  event.type,
  'stream',
  event.stream,
  'occurred_at',
  occurredAt,
  'aggregate_type',
  event.aggregateType,
  'aggregate_id',
  event.aggregateId,
  'version',
  String(event.version),
  'correlation_id',
  event.aggregateId,
  'causation_id',
  event.causationId ?? '',
  'producer',
  event.producer,
  'producer_instance',
  `${event.producer}-1`,
  'traceparent',
  '',
  'schema_version',
  String(event.schemaVersion),
  'data',
  event.data,
];

type Entries = readonly (readonly [stream: string, entries: readonly (readonly [id: string, unknown])[]])[];

export const openBareBus = async (redis: Redis, wave: number): Promise<BareBus> => {
  const key = (stream: string): string => `${stream}:{${wave}}`;
  for (const { name, streams } of Object.values(GROUPS))
    for (const stream of streams) await redis.xgroup('CREATE', key(stream), name, '0', 'MKSTREAM');
  let publications = 0;
  return {
    add: async (journal, events) => {
      const stream = key(events[0]?.stream ?? '');
      const occurredAt = new Date().toISOString();
      const fields = events.flatMap((event) => entryOf(event, occurredAt));
      publications += 1;
      return (await redis.eval(ADD, 2, stream, `${stream}:published:${journal}`, publications, ...fields)) as string;
    },
    take: async (group) => {
      const { name, streams } = GROUPS[group];
      const keys = streams.map(key);
      const answer = JSON.parse((await redis.eval(TAKE, keys.length, ...keys, name)) as string) as Entries | false;
      const acknowledged = (answer || []).map(([stream, entries]) =>
        redis.xack(stream, name, ...entries.map(([id]) => id)),
      );
      return (await Promise.all(acknowledged)).reduce((sum, count) => sum + count, 0);
    },
    announce: (position) => redis.publish('panier.changes', position),
  };
};
