import { sql } from 'kysely';
import { JOURNALS, type JournalName } from '../../database/index.ts';
import { PRODUCERS } from '../../events/index.ts';
import { type Check, fixed, type Inspected, type Offender, sqlCheck } from './check.ts';
import { answersOf, crossCheck, isAmong, type Pages } from './crossing.ts';
import { SAME_CONTENT_CHECK } from './same-content.ts';

const OWN_PRODUCERS = sql.join(Object.values(PRODUCERS).map((producer) => sql.lit(producer)));

interface EventRow {
  readonly key: string;
  readonly event_id: string;
  readonly type: string;
  readonly aggregate_id: string;
}

const EVENT = fixed('position as key, event_id, type, aggregate_id');

const nameEvent = ({ event_id: name, type, aggregate_id: of }: EventRow): Offender => ({
  name,
  detail: `${type} of ${of}`,
});

const idsOf = (rows: readonly EventRow[]) => sql`${sql.val(rows.map(({ event_id: id }) => id))}::text[]`;

const notInStore = async (rows: readonly EventRow[], { sessions }: Inspected): Promise<readonly Offender[]> => {
  const stored = await answersOf<object>(
    sessions.audit,
    sql`select event_id as key from audit.event_store where event_id = any(${idsOf(rows)})`,
  );
  return rows.filter(({ event_id: id }) => !stored.has(id)).map(nameEvent);
};

const ownIn = (journal: JournalName): Pages<EventRow> => ({
  home: journal,
  key: 'bigint',
  rows: (cutoff, among) => sql`
    select ${EVENT} from ${fixed(`${journal}.journal`)}
    where not heard and occurred_at < ${cutoff} and ${isAmong('event_id', among)}`,
});

const reachTheStore = crossCheck({
  rule: 'every event of a journal is in the event store',
  pages: JOURNALS.map(ownIn),
  offendersAmong: notInStore,
});

// What was received bears the time of another service's clock: how old it is, its neighbours in the journal tell.
const heard: Pages<EventRow> = {
  home: 'write',
  key: 'bigint',
  rows: (cutoff, among) => sql`
    select ${EVENT} from write.journal where heard and ${isAmong('event_id', among)} and position < (
      select position from write.journal where not heard and occurred_at < ${cutoff} order by position desc limit 1
    )`,
};

const heardReachTheStore = crossCheck({
  rule: 'every event that an order has heard of is in the event store',
  pages: [heard],
  offendersAmong: notInStore,
});

type SignedRow = EventRow & { readonly producer: string };

const signed: Pages<SignedRow> = {
  home: 'audit',
  key: 'bigint',
  rows: (_cutoff, among) => sql`
    select ${EVENT}, producer from audit.event_store
    where producer in (${OWN_PRODUCERS}) and ${isAmong('event_id', among)}`,
};

const journaledAmong = (journal: JournalName, rows: readonly EventRow[], { sessions }: Inspected) =>
  answersOf<object>(
    sessions[journal],
    sql`
      select event_id as key from ${fixed(`${journal}.journal`)} where event_id = any(${idsOf(rows)}) and not heard`,
  );

const nothingForged = crossCheck({
  rule: 'every event that bears the name of panier is in a journal',
  pages: [signed],
  offendersAmong: async (rows, inspected) => {
    const [write, saga] = [
      await journaledAmong('write', rows, inspected),
      await journaledAmong('saga', rows, inspected),
    ];
    return rows
      .filter(({ event_id: id }) => !write.has(id) && !saga.has(id))
      .map((row) => ({ ...nameEvent(row), detail: `${nameEvent(row).detail} by ${row.producer}` }));
  },
});

const versionsInStore = sqlCheck(
  { home: 'audit', rule: 'versions in the event store are 1, 2, 3 … of each aggregate and producer' },
  (cutoff) => sql`
    select aggregate_id || ' ' || producer as name, count(*) || ' events up to version ' || max(version) as detail
    from audit.event_store where producer in (${OWN_PRODUCERS})
    group by aggregate_id, producer
    having count(distinct version) <> count(*) or min(version) < 1
      or max(version) filter (where recorded_at < ${cutoff}) > count(*)`,
);

const versionsIn = (journal: JournalName): Check =>
  sqlCheck(
    {
      home: journal,
      rule: `sequences and versions in the ${journal} journal are 1, 2, 3 …, in the order of their positions`,
    },
    () => sql`
      select aggregate_id as name, 'from sequence ' || min(sequence) as detail
      from (
        select aggregate_id, sequence, version, heard, position, row_number() over each as nth,
          lag(position) over each as before, count(*) filter (where not heard) over each as own
        from ${fixed(`${journal}.journal`)} window each as (partition by aggregate_id order by sequence)
      ) as numbered
      where sequence <> nth or position <= before or (not heard and version is distinct from own)
      group by aggregate_id`,
  );

/** Nothing acknowledged is lost, nothing is there twice, nothing was changed. */
export const EVENT_CHECKS: readonly Check[] = [
  reachTheStore,
  heardReachTheStore,
  nothingForged,
  SAME_CONTENT_CHECK,
  versionsInStore,
  versionsIn('write'),
  versionsIn('saga'),
];
