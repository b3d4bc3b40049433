import { type Database, orUnavailable, runTransaction, statement } from '../database/index.ts';
import { takeTurn } from './turns.ts';
import { VISIT_SECONDS } from './visit-keys.ts';

/** The tokens of one subject that were issued before an instant. */
export interface Revocation {
  readonly subject: string;
  readonly issuedBeforeMs: number;
}

type Listener = (subjects: readonly string[]) => void;

/** Which tokens are refused although they have not expired. All processes know of a revocation within a second. */
export interface Revocations {
  /** Answered from memory, also while the database is away. */
  isRevoked(subject: string, issuedAtSeconds: number): boolean;
  /** Calls the listener whenever more is revoked than before, with the subjects. */
  onRevoked(listener: Listener): Disposable;
  /**
   * Revokes, on disk and in this process when it resolves, and answers with what is revoked of that subject now: at least
   * as much as before. @throws {Unavailable} while the database is away.
   */
  revoke(revocation: Revocation): Promise<Revocation>;
}

interface RevocationRow {
  readonly subject: string;
  readonly issued_before: Date;
  readonly number: string;
}

// One transaction after the other: whoever has seen a number has seen all that are smaller.
const REVOKE = statement<RevocationRow>(`insert into access.revocation (subject, issued_before, number)
  select $1::text, $2::timestamptz, coalesce(max(number), 0) + 1 from access.revocation
  on conflict (subject) do update set number = excluded.number,
    issued_before = greatest(revocation.issued_before, excluded.issued_before)
  returning subject, issued_before, number`);
// A backup may have taken the numbers back: then everything is news.
const SINCE = statement<RevocationRow>(`select subject, issued_before, number from access.revocation
  where number > (select case when coalesce(max(number), 0) < $1 then 0 else $1 end from access.revocation)
  order by number`);
// The last number stays, so that none is given twice.
const FORGET = statement(`delete from access.revocation
  where subject like 'visit\\_%' and issued_before < now() - make_interval(secs => $1)
    and number < (select max(number) from access.revocation)`);

const SECOND_MS = 1_000;
const MARGIN_SECONDS = 3_600;
const FORGOTTEN_AFTER_SECONDS = VISIT_SECONDS + MARGIN_SECONDS;

/** The revocations of the database, as they were when last asked for. */
export class KnownRevocations implements Revocations {
  readonly #database: Database;
  readonly #issuedBeforeMs = new Map<string, number>();
  readonly #listeners = new Set<Listener>();
  #last = '0';

  constructor(database: Database) {
    this.#database = database;
  }

  isRevoked(subject: string, issuedAtSeconds: number): boolean {
    const issuedBeforeMs = this.#issuedBeforeMs.get(subject);
    return issuedBeforeMs !== undefined && issuedAtSeconds * SECOND_MS < issuedBeforeMs;
  }

  onRevoked(listener: Listener): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  readonly revoke = orUnavailable(async ({ subject, issuedBeforeMs }: Revocation): Promise<Revocation> => {
    const rows = await runTransaction(this.#database.pool, async (tx) => {
      await takeTurn(tx, 'revocations');
      return REVOKE(tx, [subject, new Date(issuedBeforeMs).toISOString()]);
    });
    // Not up to its number: what others have revoked before is still to be asked for.
    this.#take(rows);
    return { subject, issuedBeforeMs: this.#issuedBeforeMs.get(subject) ?? issuedBeforeMs };
  });

  /** Asks for what is new. */
  async refresh(): Promise<void> {
    const rows = await SINCE(this.#database.db, [this.#last]);
    this.#last = rows.at(-1)?.number ?? this.#last;
    this.#take(rows);
  }

  /** Deletes those of visits whose tokens are over anyway; of memory, too, for each claim adds one. */
  async forget(): Promise<void> {
    await FORGET(this.#database.db, [FORGOTTEN_AFTER_SECONDS]);
    const overMs = Date.now() - FORGOTTEN_AFTER_SECONDS * SECOND_MS;
    for (const [subject, issuedBeforeMs] of this.#issuedBeforeMs)
      if (subject.startsWith('visit_') && issuedBeforeMs < overMs) this.#issuedBeforeMs.delete(subject);
  }

  #take(rows: readonly RevocationRow[]): void {
    const subjects: string[] = [];
    for (const { subject, issued_before } of rows) {
      const knownMs = this.#issuedBeforeMs.get(subject) ?? -Infinity;
      if (issued_before.getTime() <= knownMs) continue;
      this.#issuedBeforeMs.set(subject, issued_before.getTime());
      subjects.push(subject);
    }
    if (subjects.length > 0) for (const listener of this.#listeners) listener(subjects);
  }
}
