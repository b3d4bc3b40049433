import { Injections } from '../../chaos/faults/index.ts';
import { untilOver, untilQuiet } from '../../chaos/observe/index.ts';
import { resolveUnknown } from '../../chaos/shop/index.ts';
import { type PostgresStage, RESERVATION_SECONDS, type RedisStage } from '../../chaos/stage/index.ts';
import { gather, type Judged, judge, type Violation } from '../../chaos/verdict/index.ts';
import type { Random } from '../../support/random.ts';
import type { Crew } from '../panier/index.ts';
import type { Clients } from './clients.ts';

const RESOLVE_PATIENCE_MS = 30_000;
const QUIET_PATIENCE_MS = 60_000;
/** Unpaid orders expire, and their expiry takes its way. */
const EXPIRY_PATIENCE_MS = RESERVATION_SECONDS * 1_000 + 20_000;
const WATCH_PATIENCE_MS = 20_000;

export interface Trial {
  readonly clients: Clients;
  readonly crew: Crew;
  /** The servers as they are at the end. */
  readonly postgres: Pick<PostgresStage, 'query'>;
  readonly redis: Pick<RedisStage, 'client'>;
  /** At least one gateway that runs. */
  readonly gateways: readonly string[];
  readonly random: Random;
  /** What the drill put onto the streams itself. */
  readonly injections?: Injections;
  /** Whether Redis lost entries. */
  readonly hasLostEntries?: boolean;
  /** What the drill itself brought about, and no more. */
  readonly excused?: (violation: Violation) => boolean;
}

const storedEvents = async ({ postgres }: Trial): Promise<number> => {
  const [row] = await postgres.query<{ readonly events: number }>(
    'select count(*)::int as events from audit.event_store',
  );
  return row?.events ?? 0;
};

/** Asks again for what nobody answered, and waits until every order is over. Returns what did not come to rest. */
const comeToRest = async (trial: Trial): Promise<readonly string[]> => {
  const { clients, gateways, random } = trial;
  const deadlineMs = performance.now() + RESOLVE_PATIENCE_MS;
  await resolveUnknown({ history: clients.history, gateways, random, deadlineMs });
  const quiet = await untilQuiet(trial, QUIET_PATIENCE_MS);
  const over = await untilOver(trial, EXPIRY_PATIENCE_MS);
  await clients.untilWatched({ events: await storedEvents(trial), ms: WATCH_PATIENCE_MS });
  return [...quiet.left, ...over.left];
};

const describe = ({ invariant, subject, message }: Violation): string => `${invariant} ${subject}: ${message}`;

/** What is not as it was acknowledged, by the rules of chaos, a line each; to be asked for when the clients are closed. */
export const lostIn = async (trial: Trial): Promise<readonly string[]> => {
  const { clients, crew, postgres, gateways, injections = new Injections(), hasLostEntries = false } = trial;
  const { excused = () => false } = trial;
  const unrest = await comeToRest(trial);
  const stage: Judged = { postgres, gateways, members: crew.processes, inventory: null };
  const evidence = await gather({
    stage,
    injections,
    commands: clients.history.commands,
    watches: clients.watchers,
    audited: clients.audited,
    probed: [],
    unrest,
  });
  return judge(evidence, { hasLostEntries })
    .filter((violation) => !excused(violation))
    .map(describe);
};
