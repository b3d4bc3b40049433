import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { type Database, runTransaction, statement, type Tx } from '../database/index.ts';
import { takeTurn } from './turns.ts';

/** How long a visitor's token is good for. */
export const VISIT_SECONDS = 30 * 86_400;

/** Every process has asked for it by then, many times over: none is shown a token of a key that it does not know. */
const SETTLES_SECONDS = 5;
/** The last token of a key is over by then, by whatever clock. */
const MARGIN_SECONDS = 3_600;

interface KeyRow {
  readonly kid: string;
  readonly secret: string;
  readonly is_settled: boolean;
}

const KEYS =
  statement<KeyRow>(`select kid, secret, created_at <= now() - interval '${SETTLES_SECONDS} seconds' as is_settled
  from access.visit_key order by number`);
const COUNT = statement<{ readonly count: number }>('select count(*)::int as count from access.visit_key');
const INSERT = statement('insert into access.visit_key (kid, secret) values ($1, $2)');
const FORGET = statement(`delete from access.visit_key as old where exists (
  select from access.visit_key as later
  where later.number > old.number and later.created_at < now() - interval '${VISIT_SECONDS + MARGIN_SECONDS} seconds')`);

/** A key to sign with, and its name. */
export interface SigningKey {
  readonly kid: string;
  readonly key: KeyObject;
}

const SECRET_BYTES = 32;

const insertKey = async (tx: Tx): Promise<string> => {
  const kid = `visits-${randomBytes(8).toString('hex')}`;
  await INSERT(tx, [kid, randomBytes(SECRET_BYTES).toString('base64url')]);
  return kid;
};

/**
 * Makes a key, with which new visits are signed from five seconds on, and answers with its id. Tokens of the keys before
 * it stay good until they are over.
 */
export const addVisitKey = ({ pool }: Database): Promise<string> =>
  runTransaction(pool, async (tx) => {
    await takeTurn(tx, 'keys');
    return insertKey(tx);
  });

const makeFirst = ({ pool }: Database): Promise<void> =>
  runTransaction(pool, async (tx) => {
    await takeTurn(tx, 'keys');
    const [there] = await COUNT(tx);
    if (there?.count === 0) await insertKey(tx);
  });

/** The keys that visitors' tokens are signed with: those of the database, as they were when last asked for. */
export class VisitKeys {
  readonly #database: Database;
  #keys: ReadonlyMap<string, KeyObject> = new Map();
  #signing: SigningKey | null = null;

  constructor(database: Database) {
    this.#database = database;
  }

  async refresh(): Promise<void> {
    const rows = await KEYS(this.#database.db);
    if (rows.length === 0) {
      await makeFirst(this.#database);
      return this.refresh();
    }
    this.#take(rows);
  }

  /** Deletes the keys whose last tokens are over. */
  async forget(): Promise<void> {
    await FORGET(this.#database.db);
  }

  find(kid: string): KeyObject | null {
    return this.#keys.get(kid) ?? null;
  }

  /** The newest that every process knows. @throws before the first {@link refresh}. */
  get signing(): SigningKey {
    if (this.#signing === null) throw new Error('The keys of visits have not been asked for.');
    return this.#signing;
  }

  #take(rows: readonly KeyRow[]): void {
    // The keys known already stay the same objects: Node prepares each once.
    this.#keys = new Map(rows.map(({ kid, secret }) => [kid, this.find(kid) ?? secretOf(secret)]));
    const { kid } = rows.findLast(({ is_settled }) => is_settled) ?? rows[0] ?? { kid: '' };
    const key = this.find(kid);
    this.#signing = key === null ? null : { kid, key };
  }
}

const secretOf = (secret: string): KeyObject => createSecretKey(secret, 'base64url');
