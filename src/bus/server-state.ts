import type { Redis } from 'ioredis';
import { mastersOf } from './cluster/masters-of.ts';

/** What Redis keeps on its disk: the append-only file, that file written anew, and snapshots. */
export type Persistence = 'aof' | 'aof_rewrite' | 'rdb';

/** How the server itself is. What is null it does not tell. */
export interface RedisServerState {
  readonly usedBytes: number | null;
  /** What it may use: `maxmemory`, or without one the memory of its machine. */
  readonly maxBytes: number | null;
  /** The append-only file; null where there is none. */
  readonly aofBytes: number | null;
  /** Whether it could be written last; without what the server does not keep. */
  readonly written: readonly { readonly what: Persistence; readonly ok: boolean }[];
}

const STATUSES = [
  ['aof', 'aof_last_write_status'],
  ['aof_rewrite', 'aof_last_bgrewrite_status'],
  ['rdb', 'rdb_last_bgsave_status'],
] as const satisfies readonly (readonly [Persistence, string])[];

type Fields = ReadonlyMap<string, string>;

const fieldsOf = (info: string): Fields =>
  new Map([...info.matchAll(/^(\w+):(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]));

const numberIn = (fields: Fields, name: string): number | null => {
  const value = fields.get(name);
  return value === undefined ? null : Number(value);
};

const positive = (value: number | null): number | null => (value === 0 ? null : value);

const writtenIn = (fields: Fields): RedisServerState['written'] =>
  STATUSES.flatMap(([what, name]) => {
    const status = fields.get(name);
    const isKept = what === 'rdb' || fields.get('aof_enabled') === '1';
    return status !== undefined && isKept ? [{ what, ok: status === 'ok' }] : [];
  });

/** Asks twice, section by section: before 7.0 `INFO` takes one. Source: redis.io/docs/latest/commands/info. */
const stateOf = async (redis: Redis): Promise<RedisServerState> => {
  const [memory, persistence] = await Promise.all([redis.info('memory'), redis.info('persistence')]);
  const fields = fieldsOf(`${memory}\n${persistence}`);
  return {
    usedBytes: numberIn(fields, 'used_memory'),
    maxBytes: positive(numberIn(fields, 'maxmemory')) ?? positive(numberIn(fields, 'total_system_memory')),
    aofBytes: fields.get('aof_enabled') === '1' ? numberIn(fields, 'aof_current_size') : null,
    written: writtenIn(fields),
  };
};

const fullness = ({ usedBytes, maxBytes }: RedisServerState): number => (usedBytes ?? 0) / (maxBytes ?? 1);

/** Of the fullest, and what any of them could not write. */
const worstOf = (states: readonly RedisServerState[]): RedisServerState | undefined => {
  const [fullest] = states.toSorted((one, other) => fullness(other) - fullness(one));
  const written = states.flatMap((state) => state.written);
  const failed = written.filter(({ ok }) => !ok).map(({ what }) => what);
  return fullest && { ...fullest, written: fullest.written.map(({ what }) => ({ what, ok: !failed.includes(what) })) };
};

/** How the server is, or of the masters of a cluster the one that is worst off. */
export const redisServerState = async (redis: Redis): Promise<RedisServerState> => {
  const worst = worstOf(await Promise.all((await mastersOf(redis)).map(stateOf)));
  return worst ?? stateOf(redis);
};
