import {
  type Admitted,
  admit,
  type CommandContext,
  type CommandInput,
  countedEach,
  KEY_REUSED,
} from '../../commands/index.ts';
import { type Database, orUnavailable } from '../../database/index.ts';
import { isId, type Rejection } from '../../events/index.ts';
import { Conflict, err, ok, type Result } from '../../platform/index.ts';
import { cancelRun, insertRun, lastRuns, type NewRun, requestedBefore, runById, runUnderWay } from './requests.ts';
import type { UpkeepRun, UpkeepTask } from './run.ts';

type Answer = Promise<Result<UpkeepRun, Rejection>>;

/** What operators ask of upkeep. All throw `Unavailable` while the database is away. */
export interface Upkeep {
  /** To be carried out by whichever process plays the role; refused while another run is under way. */
  readonly startVerification: (input: CommandInput<'startVerification'>, context: CommandContext) => Answer;
  readonly startReplay: (input: CommandInput<'startReplay'>, context: CommandContext) => Answer;
  /** Answers with the run as it is: one that runs ends a moment later. One that is over stays as it is. */
  readonly cancel: (input: CommandInput<'cancelUpkeep'>, context: CommandContext) => Answer;
  /** The newest first. */
  readonly last: (limit: number) => Promise<readonly UpkeepRun[]>;
  readonly find: (id: string) => Promise<UpkeepRun | null>;
}

export interface UpkeepParts {
  readonly commands: Database;
  readonly queries: Database;
}

const ATTEMPTS = 3;

/** Whoever has no name commands for panier itself. */
const nameOf = ({ subject }: CommandContext): string => subject ?? 'panier';

const unknown = (id: string): Result<never, Rejection> =>
  err({ code: 'NOT_FOUND', message: `There is no run ${id}: upkeepRuns lists the last ones.` });

const WORDS = { VERIFICATION: 'verification', REPLAY: 'replay' } as const satisfies Record<UpkeepTask['kind'], string>;

const isUnderWay = ({ id, task, requestedBy }: UpkeepRun): Result<never, Rejection> =>
  err({
    code: 'UPKEEP_RUNNING',
    message: `The ${WORDS[task.kind]} ${id} of ${requestedBy} is under way, and there is one at a time: wait for its end, or cancel it.`,
  });

const startedBefore = async (database: Database, { request }: NewRun): Promise<Awaited<Answer> | null> => {
  if (request === null) return null;
  const before = await requestedBefore(database.db, request);
  if (before === null) return null;
  if (before.request_hash !== request.hash) return err(KEY_REUSED);
  const run = await runById(database.db, before.id);
  return run === null ? null : ok(run);
};

const startOnce = async (database: Database, wanted: NewRun): Promise<Awaited<Answer> | null> => {
  const before = await startedBefore(database, wanted);
  if (before !== null) return before;
  const run = await insertRun(database.db, wanted);
  if (run !== null) return ok(run);
  // Another start with this key may have come between the two questions.
  const beside = await startedBefore(database, wanted);
  if (beside !== null) return beside;
  const other = await runUnderWay(database.db);
  return other === null ? null : isUnderWay(other);
};

/** What stands in the way may end just then. */
const start = async ({ commands }: UpkeepParts, wanted: NewRun): Answer => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = await startOnce(commands, wanted);
    if (answer !== null) return answer;
  }
  throw new Conflict('Runs are being started by others.');
};

const cancel = async ({ commands }: UpkeepParts, { input }: Admitted<'cancelUpkeep'>, by: string): Answer => {
  const run = (await cancelRun(commands.db, input.id, by)) ?? (await runById(commands.db, input.id));
  return run === null ? unknown(input.id) : ok(run);
};

/** Opens no connection of its own. */
export const openUpkeep = (parts: UpkeepParts): Upkeep => {
  const { queries } = parts;
  const started = orUnavailable((wanted: NewRun) => start(parts, wanted));
  const cancelled = orUnavailable((asked: Admitted<'cancelUpkeep'>, by: string) => cancel(parts, asked, by));
  return countedEach(
    {
      startVerification: async (given, context) => {
        const asked = admit('startVerification', given, context);
        if (!asked.ok) return asked;
        const { input, request } = asked.value;
        return started({ task: { kind: 'VERIFICATION', ...input }, request, requestedBy: nameOf(context) });
      },
      startReplay: async (given, context) => {
        const asked = admit('startReplay', given, context);
        if (!asked.ok) return asked;
        const { input, request } = asked.value;
        return started({ task: { kind: 'REPLAY', ...input }, request, requestedBy: nameOf(context) });
      },
      cancel: async (given, context) => {
        const asked = admit('cancelUpkeep', given, context);
        return asked.ok ? cancelled(asked.value, nameOf(context)) : asked;
      },
      last: orUnavailable((limit: number) => lastRuns(queries.db, limit)),
      find: orUnavailable(async (id: string) => (isId('UpkeepRun', id) ? runById(queries.db, id) : null)),
    } satisfies Upkeep,
    { cancel: 'cancelUpkeep' },
  );
};
