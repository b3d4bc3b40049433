import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../../database/index.ts';
import type { DatabaseHome } from '../../platform/index.ts';
import { type Check, type Cutoff, cutoffOf, findingOf, type Inspected, type Offender } from './check.ts';

type Session = Kysely<Tables>;

const READ_AT_ONCE = 5_000;

/** Rows of a home, by a key that has an index: so many at a time are held, however many there are. */
export interface Pages<Row> {
  readonly home: DatabaseHome;
  readonly key: 'bigint' | 'text';
  /** Selects the key as `key`. Of those alone, unless null, that are called one of these names. */
  readonly rows: (cutoff: Cutoff, among: readonly string[] | null) => RawBuilder<Row>;
}

type Keyed = { readonly key: string };

async function* pagesIn<Row extends Keyed>(
  session: Session,
  rows: RawBuilder<Row>,
  key: RawBuilder<unknown>,
): AsyncGenerator<readonly Row[]> {
  for (let after: string | null = null; ; ) {
    const behind: RawBuilder<unknown> = after === null ? sql`true` : sql`key > ${after}::${key}`;
    const page: readonly Row[] = (
      await sql<Row>`select * from (${rows}) as listed where ${behind} order by key limit ${sql.lit(READ_AT_ONCE)}`.execute(
        session,
      )
    ).rows;
    if (page.length > 0) yield page;
    const last: Row | undefined = page.at(-1);
    if (last === undefined || page.length < READ_AT_ONCE) return;
    after = last.key;
  }
}

/** Whether a row is one of those that are looked for again. */
export const isAmong = (column: string, among: readonly string[] | null): RawBuilder<unknown> =>
  among === null ? sql`true` : sql`${sql.raw(column)} = any(${sql.val([...among])}::text[])`;

export interface Crossing<Row extends Keyed> {
  readonly rule: string;
  readonly pages: readonly Pages<Row>[];
  /** What breaks the rule among these rows, by what other homes answer. */
  readonly offendersAmong: (rows: readonly Row[], inspected: Inspected) => Promise<readonly Offender[]>;
}

/**
 * A check of what is at one home by what others say of it: nothing is joined where it is, for each home may be on a server of its
 * own (ADR-081). So it is of several moments, and what is found is looked for again.
 */
export const crossCheck = <Row extends Keyed>({ rule, pages, offendersAmong }: Crossing<Row>): Check => ({
  rule,
  find: async (inspected, among) => {
    const found = new Found();
    for (const { home, key, rows } of pages) {
      const source = rows(cutoffOf(inspected), among);
      for await (const page of pagesIn(inspected.sessions[home], source, sql.raw(key)))
        found.add(await offendersAmong(page, inspected));
    }
    return found.finding(among);
  },
});

const MOST_KEPT = 10_000;

/** Counts what was found, and keeps the first of it. */
class Found {
  readonly #kept: Offender[] = [];
  #count = 0;

  add(offenders: readonly Offender[]): void {
    this.#count += offenders.length;
    this.#kept.push(...offenders.slice(0, MOST_KEPT - this.#kept.length));
  }

  finding(among: readonly string[] | null) {
    const byName = this.#kept.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    const { count, offenders } = findingOf(byName, among);
    return { count: Math.max(count, among === null ? this.#count : 0), offenders };
  }
}

/** The rows of a home that a list of keys names, by their key. */
export const answersOf = async <Row>(
  session: Session,
  question: RawBuilder<Row & Keyed>,
): Promise<ReadonlyMap<string, Row>> => {
  const { rows } = await question.execute(session);
  return new Map(rows.map((row) => [row.key, row]));
};
