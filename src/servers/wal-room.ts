import { Client } from 'pg';
import { ignored } from '../platform/index.ts';
import { ServersError } from './servers-error.ts';

// A segment that was switched away from is kept by the next checkpoint under the name of one to come.
const FILL = `
  select pg_logical_emit_message(false, 'panier', 'The next segment, please.'), pg_switch_wal()
  from generate_series(
    1 + (select count(*) from pg_ls_waldir()),
    pg_size_bytes(current_setting('min_wal_size')) / pg_size_bytes(current_setting('wal_segment_size')))
  where not pg_is_in_recovery()`;

const fill = async (client: Client): Promise<void> => {
  await client.connect();
  const { rowCount } = await client.query(FILL);
  if (rowCount) await client.query('checkpoint');
};

/**
 * Makes the log's segments before they are needed, up to `min_wal_size`; checkpoints keep as many. PostgreSQL would write
 * and sync one (16 MiB of zeros) whenever the last is full, while every commit waits. @throws ServersError
 */
export const makeRoomInWal = async (url: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  // What it reports fails the query, too; unheard, it would end the process.
  client.on('error', ignored);
  try {
    await fill(client);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServersError(`PostgreSQL could not make room for its log: ${reason}\nIs there space left on the disk?`, {
      cause,
    });
  } finally {
    await client.end();
  }
};
