import type { Redis } from 'ioredis';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Db, Tables } from '../../database/index.ts';
import type { DatabaseHome } from '../../platform/index.ts';

/** What is looked at. */
export interface Inspected {
  /** A session where each home is, in which nothing can be changed; the same for all that are on one server. */
  readonly sessions: Readonly<Record<DatabaseHome, Kysely<Tables>>>;
  /** Where the event store and the read models are. */
  readonly db: Db;
  readonly redis: Redis;
  /** What is younger, by the database's clock, may still be under way. */
  readonly graceSeconds: number;
  /** The consumer groups of each stream. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Told how far a check is that takes long: 0 to 1. */
  readonly onShare: (share: number) => void;
}

/** What breaks a rule: its id, and what is wrong with it. */
export interface Offender {
  readonly name: string;
  readonly detail: string;
}

export interface Finding {
  /** More than there are offenders where not all are named. */
  readonly count: number;
  /** By name; not all of them when there are very many. */
  readonly offenders: readonly Offender[];
}

/** A rule that always holds, and how to find what breaks it. */
export interface Check {
  /** What holds. */
  readonly rule: string;
  /** Whether what it finds is only to be known of: nothing is broken by it, and nobody could mend it. */
  readonly isRemark?: boolean;
  /** Only among these names, unless null: those that were found a moment ago. */
  readonly find: (inspected: Inspected, among: readonly string[] | null) => Promise<Finding>;
}

const MAX_OFFENDERS = 1_000;

/** As many as a list has to be asked for, so that its finding shows that there are more than are named. */
export const ENOUGH_OFFENDERS = MAX_OFFENDERS + 1;

/** A finding of offenders that are all at hand. */
export const findingOf = (found: readonly Offender[], among: readonly string[] | null): Finding => {
  const offenders = among === null ? found : found.filter(({ name }) => among.includes(name));
  return { count: offenders.length, offenders: offenders.slice(0, MAX_OFFENDERS) };
};

/** A fragment of SQL that is the same for everybody: nothing that comes from outside goes into it. */
export const fixed = (text: string): RawBuilder<unknown> => sql.raw(text);

/** The instant before which nothing is under way any more. */
export type Cutoff = RawBuilder<Date>;

/** By the clock of whichever server is asked. */
export const cutoffOf = ({ graceSeconds }: Pick<Inspected, 'graceSeconds'>): Cutoff =>
  sql<Date>`(now() - make_interval(secs => ${graceSeconds}))`;

/** A rule of what is at one home. */
export interface HomeRule {
  readonly home: DatabaseHome;
  readonly rule: string;
}

/** A check by one statement, so of one moment, that selects the `name` and the `detail` of each offender. */
export const sqlCheck = ({ home, rule }: HomeRule, offenders: (cutoff: Cutoff) => RawBuilder<unknown>): Check => ({
  rule,
  find: async (inspected, among) => {
    const cutoff = cutoffOf(inspected);
    const { rows } = await sql<Offender & { readonly count: string }>`
      select name, detail, count(*) over () as count
      from (${offenders(cutoff)}) as offender
      where ${among === null ? sql`true` : sql`name = any(${sql.val([...among])}::text[])`}
      order by name collate "C" limit ${sql.lit(MAX_OFFENDERS)}`.execute(inspected.sessions[home]);
    return { count: Number(rows[0]?.count ?? 0), offenders: rows.map(({ name, detail }) => ({ name, detail })) };
  },
});

/** Several checks as one: what breaks any of them breaks the rule. */
export const checkOfAll = (rule: string, checks: readonly Check[]): Check => ({
  rule,
  find: async (inspected, among) => {
    const findings: Finding[] = [];
    for (const check of checks) findings.push(await check.find(inspected, among));
    return {
      count: findings.reduce((sum, { count }) => sum + count, 0),
      offenders: findings
        .flatMap(({ offenders }) => offenders)
        .toSorted((one, other) => (one.name < other.name ? -1 : 1))
        .slice(0, MAX_OFFENDERS),
    };
  },
});
