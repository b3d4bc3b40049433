import type { DatabaseHome } from '../../../src/platform/index.ts';
import { onOneServer } from '../../support/one-server.ts';
import type { Injections } from '../faults/index.ts';
import { type Audited, type Command, isUnknown, type Probed, type Watch } from '../shop/index.ts';
import type { Member, Stage } from '../stage/index.ts';
import { type ReadModels, readModels } from './read-models.ts';
import type { Charge, DeadLetter, Division, Event, Foreign, Stock } from './records.ts';

/** All that is known at the end. */
export interface Evidence {
  readonly journals: { readonly write: readonly Event[]; readonly saga: readonly Event[] };
  readonly store: readonly Event[];
  /** Null: never into more than one partition. */
  readonly division: Division | null;
  readonly byAggregate: ReadonlyMap<string, readonly Event[]>;
  readonly charges: readonly Charge[];
  readonly stock: readonly Stock[];
  /** Null where panier's own ledger keeps the stock. */
  readonly foreign: Foreign | null;
  readonly deadLetters: readonly DeadLetter[];
  readonly models: ReadModels;
  readonly commands: readonly Command[];
  readonly unresolved: readonly Command[];
  readonly watches: readonly Watch[];
  readonly audited: Audited;
  readonly probed: readonly Probed[];
  readonly injections: Injections;
  readonly crashes: readonly string[];
  /** What consumers said of entries that their handlers failed on. */
  readonly failedDeliveries: readonly string[];
  /** Lines of any log that tell of an error in the program. */
  readonly programmingErrors: readonly string[];
  /** What did not come to rest. */
  readonly unrest: readonly string[];
}

const COLUMNS =
  'position::int, event_id, type, stream, aggregate_id, version, correlation_id, causation_id, producer, data';

/** By PostgreSQL's clock, which is this machine's. */
const RECORDED = '(extract(epoch from recorded_at) * 1000)::float as recorded_at_ms';

const DIVISION = `
  select partitions, most, (extract(epoch from changed_at) * 1000)::float as changed_at_ms
  from audit.partitioning where most > 1`;

const own = (journal: string): string => `select ${COLUMNS} from ${journal}.journal where not heard order by position`;

type Asked = Pick<Stage['postgres'], 'query'>;

/** All of a stage that its verdict looks at. */
export interface Judged extends Pick<Stage, 'inventory' | 'gateways'> {
  readonly postgres: Asked;
  /** Where each home is, unless all of it is one server. */
  readonly databases?: { readonly homes: Readonly<Record<DatabaseHome, Asked>> };
  readonly members: readonly Pick<Member, 'crashes' | 'logged'>[];
}

export interface Gathering {
  readonly stage: Judged;
  readonly commands: readonly Command[];
  readonly watches: readonly Watch[];
  readonly audited: Audited;
  readonly probed: readonly Probed[];
  readonly injections: Injections;
  readonly unrest: readonly string[];
}

/** As `src/bus/settlement.ts` logs it. Poison is not among them: it is never tried twice. */
const FAILED_DELIVERY = 'entry will be delivered again';

/** As JavaScript names them. */
const PROGRAMMING_ERRORS = ['TypeError', 'RangeError', 'ReferenceError'];
/** So `fetch` names what became of a connection. */
const OF_CONNECTIONS = /fetch failed|terminated/;

const programmingErrorsOf = ({ members }: Judged): readonly string[] =>
  members
    .flatMap((member) => PROGRAMMING_ERRORS.flatMap((name) => member.logged(name)))
    .filter((line) => !OF_CONNECTIONS.test(line));

const idsOf = (events: readonly Event[], prefix: string): readonly string[] => [
  ...new Set(events.map(({ aggregate_id }) => aggregate_id).filter((id) => id.startsWith(prefix))),
];

const foreignOf = async ({ inventory }: Judged): Promise<Foreign | null> =>
  inventory === null ? null : { levels: await inventory.process.levels(), history: await inventory.process.history() };

const homesOf = ({ postgres, databases }: Judged): Readonly<Record<DatabaseHome, Asked>> =>
  databases?.homes ?? onOneServer(postgres);

/** Reads everything, by SQL what the services keep and by GraphQL what they show. */
export const gather = async (gathering: Gathering): Promise<Evidence> => {
  const { stage, commands } = gathering;
  const { gateways, members } = stage;
  const { shared, write, saga, audit } = homesOf(stage);
  const store = await audit.query<Event & Record<string, unknown>>(
    `select ${COLUMNS}, ${RECORDED}, partition from audit.event_store order by position`,
  );
  const [division = null] = await audit.query<Division & Record<string, unknown>>(DIVISION);
  return {
    ...gathering,
    store,
    division,
    byAggregate: Map.groupBy(store, ({ aggregate_id }) => aggregate_id),
    journals: { write: await write.query(own('write')), saga: await saga.query(own('saga')) },
    charges: await write.query('select * from write.simulated_charge'),
    stock: await saga.query('select * from saga.stock'),
    foreign: await foreignOf(stage),
    deadLetters: await shared.query('select * from bus.dead_letter'),
    models: await readModels(gateways, { cartIds: idsOf(store, 'cart_'), productIds: idsOf(store, 'prod_') }),
    unresolved: commands.filter(isUnknown),
    crashes: members.flatMap((member) => member.crashes),
    failedDeliveries: members.flatMap((member) => member.logged(FAILED_DELIVERY)),
    programmingErrors: programmingErrorsOf(stage),
  };
};
