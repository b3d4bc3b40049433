import type { OverviewGroupsQuery } from '../../ui/generated/operations.ts';

type Reader = OverviewGroupsQuery['consumerGroups'][number];

/** One consumer group, on all its streams. Null: Redis does not say, or one of its streams has no such group. */
export interface Group {
  readonly name: string;
  readonly role: string | null;
  /** Of the stream on which it is furthest behind. */
  readonly behindSeconds: number | null;
  readonly lag: number | null;
  readonly pending: number | null;
  readonly deadLetters: number;
  /** The streams on which something is left, or nobody knows. */
  readonly behindOn: readonly string[];
}

const known = (values: readonly (number | null)[]): readonly number[] | null => {
  const found = values.filter((value) => value !== null);
  return found.length < values.length ? null : found;
};

const sum = (values: readonly number[] | null): number | null =>
  values?.reduce((total, value) => total + value, 0) ?? null;

const most = (values: readonly number[] | null): number | null => (values === null ? null : Math.max(0, ...values));

const gather = (name: string, readers: readonly Reader[]): Group => ({
  name,
  role: readers[0]?.role ?? null,
  behindSeconds: most(known(readers.map(({ behindSeconds }) => behindSeconds))),
  lag: sum(known(readers.map(({ lag }) => lag))),
  pending: sum(known(readers.map(({ pending }) => pending))),
  deadLetters: readers.reduce((total, { deadLetters }) => total + deadLetters, 0),
  behindOn: readers.filter(({ lag, pending }) => lag !== 0 || pending !== 0).map(({ stream }) => stream),
});

/** The groups by name, in the order in which they come. */
export const gatherGroups = (readers: readonly Reader[]): readonly Group[] =>
  [...Map.groupBy(readers, ({ group }) => group)].map(([name, its]) => gather(name, its));
