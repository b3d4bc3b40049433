import type { Redis } from 'ioredis';
import pg from 'pg';
import { sessionOptions } from '../database/index.ts';
import { backoff, type Logger, sleep } from '../platform/index.ts';
import { lastNumbers, readMarks, restoreLost } from './publications.ts';
import { publishNext } from './publish.ts';
import type { JournalName } from './record.ts';

export interface RelayOptions {
  readonly journal: JournalName;
  readonly databaseUrl: string;
  readonly redis: Redis;
  readonly logger: Logger;
}

const LOCKS: Readonly<Record<JournalName, number>> = { write: 1, saga: 2 };
const LOCK_CLASS = 7_104;
const CANDIDATE_PAUSE_MS = 500;
const IDLE_POLL_MS = 50;
const MARK_CHECK_MS = 1_000;
/** A leader that is frozen this long loses its session, and with it the lead. */
const SILENT_LEADER_MS = 10_000;
const pause = backoff({ firstMs: 50, maxMs: 2_000 });

/**
 * Publishes a journal's outbox to the streams. Of all relays of a journal one leads: it holds an advisory lock in the very
 * session that it reads the outbox with, so whoever loses the session stops. A frozen leader that wakes up may publish once
 * more what its successor has published: consumers deduplicate.
 */
export class Relay implements AsyncDisposable {
  readonly #options: RelayOptions;
  readonly #stopping = new AbortController();
  readonly #finished: Promise<void>;
  #waking = new AbortController();

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#finished = this.#run();
  }

  /** A hint that the outbox has something. */
  wake(): void {
    this.#waking.abort();
  }

  /** Publishes what is in the outbox, then stops. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#finished;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted; ) {
      const client = this.#openSession();
      try {
        await client.connect();
        if (await this.#isElected(client)) {
          failures = 0;
          await this.#lead(client);
        }
      } catch (error) {
        failures += 1;
        if (!signal.aborted) this.#options.logger.warn({ error, journal: this.#options.journal }, 'relay pauses');
        await sleep(pause(failures), signal);
      } finally {
        await client.end().catch(() => {});
      }
    }
  }

  #openSession(): pg.Client {
    const { databaseUrl, journal } = this.#options;
    const client = new pg.Client(sessionOptions({ url: databaseUrl, name: `relay ${journal}` }));
    // The next query reports the loss; unheard, the event would end the process.
    client.on('error', () => {});
    return client;
  }

  /** Waits for the lead. False when told to stop. */
  async #isElected(client: pg.Client): Promise<boolean> {
    const { signal } = this.#stopping;
    await client.query(`set idle_session_timeout = ${SILENT_LEADER_MS}`);
    while (!signal.aborted) {
      const { rows } = await client.query<{ elected: boolean }>('select pg_try_advisory_lock($1, $2) as elected', [
        LOCK_CLASS,
        LOCKS[this.#options.journal],
      ]);
      if (rows[0]?.elected === true) return true;
      await sleep(CANDIDATE_PAUSE_MS, signal);
    }
    return false;
  }

  async #lead(client: pg.Client): Promise<void> {
    const { journal, redis, logger } = this.#options;
    const numbers = await lastNumbers(client, journal);
    let checkMarksAt = 0;
    for (;;) {
      this.#waking = new AbortController();
      if (performance.now() >= checkMarksAt) {
        await this.#restoreWhatRedisLost(client, numbers);
        checkMarksAt = performance.now() + MARK_CHECK_MS;
      }
      const { events, restored } = await publishNext(client, redis, { journal, numbers });
      if (restored > 0) logger.warn({ journal, restored }, 'Redis had lost events; they are published again');
      if (events > 0 || restored > 0) continue;
      if (this.#stopping.signal.aborted) return;
      await sleep(IDLE_POLL_MS, this.#waking.signal);
    }
  }

  /** Also while nothing is published: what was lost must not wait for the next command. */
  async #restoreWhatRedisLost(client: pg.Client, numbers: ReadonlyMap<string, bigint>): Promise<void> {
    const { journal, redis, logger } = this.#options;
    for (const [stream, mark] of await readMarks(redis, journal, [...numbers.keys()])) {
      const known = numbers.get(stream) ?? 0n;
      if (mark >= known) continue;
      const restored = await restoreLost(client, journal, { stream, mark, below: known + 1n });
      if (restored > 0) logger.warn({ journal, stream, restored }, 'Redis had lost events; they are published again');
    }
  }
}
