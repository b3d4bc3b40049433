import type { Registered } from './registered.ts';
import { type Show, setOrRemove } from './show.ts';
import type { PostgresReading, RedisReading } from './store-readings.ts';

/** How Redis itself is. */
export const showRedis = ({ gauge }: Registered): Show<RedisReading> => {
  const used = gauge({ name: 'redis_memory_used_bytes', help: 'Memory that Redis uses.' });
  const max = gauge({
    name: 'redis_memory_max_bytes',
    help: 'What Redis may use: its maxmemory, or without one the memory of its machine.',
  });
  const aof = gauge({ name: 'redis_aof_bytes', help: 'The append-only file of Redis, where it keeps one.' });
  const written = gauge({
    name: 'redis_last_write_ok',
    help: 'Whether Redis could write to its disk last, 1 or 0: its append-only file, that file anew, a snapshot.',
    labelNames: ['what'],
  });
  return (reading) => {
    setOrRemove(used, reading?.usedBytes ?? null);
    setOrRemove(max, reading?.maxBytes ?? null);
    setOrRemove(aof, reading?.aofBytes ?? null);
    written.reset();
    for (const { what, ok } of reading?.written ?? []) written.set({ what }, ok ? 1 : 0);
  };
};

/** How PostgreSQL itself is. */
export const showPostgres = ({ gauge }: Registered): Show<PostgresReading> => {
  const size = gauge({ name: 'postgres_database_bytes', help: 'What the database takes on the disk of PostgreSQL.' });
  const connections = gauge({ name: 'postgres_connections', help: 'Connections to PostgreSQL, of everybody.' });
  const max = gauge({ name: 'postgres_max_connections', help: 'How many connections PostgreSQL lets in.' });
  const answers = gauge({
    name: 'postgres_server_answers',
    help: 'Whether a server of PostgreSQL answers, 1 or 0, by the homes that are there.',
    labelNames: ['homes'],
  });
  return (reading) => {
    answers.reset();
    for (const server of reading?.servers ?? []) answers.set({ homes: server.homes.join(',') }, server.answers ? 1 : 0);
    setOrRemove(size, reading?.databaseBytes ?? null);
    setOrRemove(connections, reading?.connections ?? null);
    setOrRemove(max, reading?.maxConnections ?? null);
  };
};
