import pg from 'pg';
import { guarded, ignored, type Logger } from '../platform/index.ts';
import { runnerOn } from './send.ts';
import { type Standing, standingOf } from './standing.ts';

/** A server that was failed over from, or an older copy of one: what it took would be in no other server's history. */
export class FormerPrimary extends Error {
  override readonly name = 'FormerPrimary';
}

/** What to do about such a server. */
const formerPrimary = ({ timeline }: Standing, newest: number): string =>
  `PostgreSQL is on timeline ${timeline}, and this panier has been on timeline ${newest}: another server was promoted in this ` +
  "one's place, and what this one took would be lost. Lead its URL (DATABASE_URL, or that of its service) to the one that was promoted, and make this one its " +
  'standby (pg_rewind). If it is the one that is to stay, stop every process of panier: "npm run restored -- --mend" takes it as it is.';

interface Session {
  readonly standing: Standing;
  readonly client: pg.ClientBase;
}

/**
 * The newest timeline that this panier has been on, of each server that it writes to. A session with a server that is behind
 * it is refused, and those that are open end as soon as a newer one is heard of: a primary that comes back after another
 * one took its place gets no write, whatever address leads to it.
 */
export class Lineage {
  readonly #logger: Logger;
  readonly #newest = new Map<string, number>();
  readonly #sessions = new Set<Session>();
  #said: string | null = null;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Where it has been so far, by servers. */
  get known(): readonly Standing[] {
    return [...this.#newest].map(([system, timeline]) => ({ system, timeline }));
  }

  /** Why the server may not be written to; null when it may. */
  objectionTo(standing: Standing): string | null {
    const newest = this.#newest.get(standing.system) ?? 0;
    return standing.timeline < newest ? formerPrimary(standing, newest) : null;
  }

  /** Notes that this panier has been there. Older sessions with that server, or with the one before it, end. */
  learn(standing: Standing): void {
    const { system, timeline } = standing;
    const before = this.#newest.get(system);
    if (before !== undefined && timeline <= before) return;
    this.#newest.set(system, timeline);
    if (before === undefined) return;
    this.#logger.warn(
      { timeline, before },
      'PostgreSQL is on a new timeline: a standby was promoted, or a backup restored',
    );
    for (const session of this.#sessions) if (this.objectionTo(session.standing) !== null) breakOff(session.client);
  }

  /** To be asked for each new session, before anything else is. @throws {FormerPrimary} */
  async admit(client: pg.ClientBase): Promise<void> {
    const standing = await standingOf(runnerOn(client));
    if (standing === null) return;
    this.learn(standing);
    const objection = this.objectionTo(standing);
    if (objection !== null) throw this.#refused(objection);
    this.#said = null;
    const session = { standing, client };
    this.#sessions.add(session);
    client.once(
      'end',
      guarded(() => void this.#sessions.delete(session), ignored),
    );
  }

  #refused(objection: string): FormerPrimary {
    // Once, for all that try again and again until they are led elsewhere.
    if (objection !== this.#said)
      this.#logger.error({ problem: objection }, 'this PostgreSQL is a former primary: nothing is written to it');
    this.#said = objection;
    return new FormerPrimary(objection);
  }
}

/** Whoever waits for an answer of it is told at once that the connection ended, and asks again elsewhere. */
export const breakOff = (client: pg.ClientBase): void => {
  if (client instanceof pg.Client) client.connection.stream.destroy();
};
