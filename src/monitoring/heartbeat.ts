import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type Db, statement } from '../database/index.ts';
import {
  byDeadline,
  type Clock,
  deadlineIn,
  ignored,
  type Logger,
  type Role,
  repeat,
  VERSION,
} from '../platform/index.ts';

export interface HeartbeatOptions {
  /** As whom the process writes: nobody else may change what it wrote. */
  readonly db: Db;
  readonly instance: number;
  readonly roles: readonly Role[];
  readonly logger: Logger;
  readonly clock: Clock;
}

const BEAT_MS = 5_000;
/** A process stops in time, also when the database does not answer: its row then ends by itself. */
const LEAVING_MS = 1_000;

const BEAT = statement(`
  insert into bus.process (id, instance, roles, host, pid, version, started_at, beat_at)
  values ($1, $2, $3, $4, $5, $6, now() - $7::float8 * interval '1 millisecond', now())
  on conflict (id) do update set beat_at = excluded.beat_at`);

const LEAVE = statement('delete from bus.process where id = $1');

/** Of its own: what others left behind, they forget. What is of later than now was told before the clock was set back. */
const FORGET = statement(`
  delete from bus.process where written_by = current_user
    and beat_at not between now() - interval '1 minute' and now() + interval '1 minute'`);

/** Tells every five seconds that this process is there and which roles it plays, until disposed: then at once that it is gone. */
export const startHeartbeat = ({ db, instance, roles, logger, clock }: HeartbeatOptions): AsyncDisposable => {
  const id = randomUUID();
  const sinceMs = clock.nowMs();
  const itself = [id, instance, roles, hostname(), process.pid, VERSION];
  const beat = async (): Promise<void> => {
    await BEAT(db, [...itself, clock.nowMs() - sinceMs]);
  };
  const onFailure = (error: unknown): void => logger.debug({ error }, 'This process cannot be told of');
  const first = beat()
    .then(() => FORGET(db))
    .catch(onFailure);
  const beating = repeat(beat, { everyMs: BEAT_MS, clock, onFailure });
  const leave = async (): Promise<void> => {
    await Promise.all([first, beating[Symbol.asyncDispose]()]);
    await LEAVE(db, [id]);
  };
  return { [Symbol.asyncDispose]: () => byDeadline(leave(), deadlineIn(LEAVING_MS)).catch(ignored) };
};
