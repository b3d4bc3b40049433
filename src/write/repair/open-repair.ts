import type { Redis } from 'ioredis';
import { addAgain, findDeadLetter, type KeptDeadLetter, type Settlement, settleDeadLetter } from '../../bus/index.ts';
import { type Database, type Db, orUnavailable } from '../../database/index.ts';
import { isId, type Rejection } from '../../events/index.ts';
import { openJournal, type Writer } from '../../journal/index.ts';
import { err, ok, type Result } from '../../platform/index.ts';
import type { Decision, Loaded } from '../aggregate.ts';
import { openAggregates } from '../aggregates.ts';
import { type Answered, runOnDeadLetter } from '../answer.ts';
import type { CommandContext } from '../context.ts';
import { Executor } from '../executor.ts';
import { type DeadLetter, discard, retry } from './dead-letter.ts';

export interface RetryDeadLetter {
  readonly id: string;
}

export interface DiscardDeadLetter {
  readonly id: string;
  readonly reason: string;
}

/**
 * What operators do about dead letters; each answers with the letter's id. What was decided is an event before it is
 * carried out, and is carried out before it is answered: a letter whose command was interrupted is still open, and the
 * same command again carries out the rest.
 */
export interface Repair {
  /** Puts the entry on its stream again. @throws {Unavailable} when Redis or the database is away. */
  retryDeadLetter(command: RetryDeadLetter, context: CommandContext): Answered<string>;
  /** Takes the letter off the open ones; it stays on record. @throws {Unavailable} when the database is away. */
  discardDeadLetter(command: DiscardDeadLetter, context: CommandContext): Answered<string>;
}

export interface RepairOptions {
  readonly database: Database;
  readonly redis: Redis;
  readonly writer: Writer;
  /** Called after each commit: a hint for the relay. */
  readonly onCommit: () => void;
}

interface Command {
  readonly id: string;
  readonly name: string;
  readonly input: { readonly [field: string]: string };
  readonly decide: (letter: KeptDeadLetter, decided: DeadLetter) => Result<Decision, Rejection>;
  readonly carryOut: (letter: KeptDeadLetter) => Promise<void>;
  readonly settlement: Pick<Settlement, 'state' | 'reason'>;
}

type Run = (command: Command, context: CommandContext) => Answered<string>;

const noSuchLetter = (id: string): Rejection => ({ code: 'NOT_FOUND', message: `There is no dead letter ${id}.` });

const runOn = (executor: Executor, db: Db): Run => {
  const find = orUnavailable((id: string) => findDeadLetter(db, id));
  const settle = orUnavailable((settlement: Settlement) => settleDeadLetter(db, settlement));
  return async (command, context) => {
    const { id, name, input } = command;
    const letter = isId('DeadLetter', id) ? await find(id) : null;
    const decide = ({ state }: Loaded<DeadLetter>) =>
      letter === null ? err(noSuchLetter(id)) : command.decide(letter, state);
    const answer = await runOnDeadLetter({ executor }, { id, name, input, context, decide });
    if (!answer.ok) return answer;
    const version = answer.value.sequence;
    if (letter === null || letter.settledVersion >= version) return ok(id);
    await command.carryOut(letter);
    await settle({ id, version, ...command.settlement });
    return ok(id);
  };
};

const letItBe = async (): Promise<void> => {};

const alwaysRetry: Command['decide'] = (letter) => ok(retry(letter));

export const openRepair = ({ database: { db, pool }, redis, writer, onCommit }: RepairOptions): Repair => {
  const journal = openJournal(pool, 'write', onCommit);
  const run = runOn(new Executor({ aggregates: openAggregates(db), journal, writer }), db);
  return {
    retryDeadLetter: ({ id }, context) => {
      const settlement = { state: 'RETRIED', reason: null } as const;
      const work = { decide: alwaysRetry, carryOut: (letter: KeptDeadLetter) => addAgain(redis, letter), settlement };
      return run({ id, name: 'retryDeadLetter', input: { id }, ...work }, context);
    },
    discardDeadLetter: ({ id, reason: given }, context) => {
      const reason = given.trim();
      const decide: Command['decide'] = (letter, decided) => discard(decided, letter, reason);
      const settlement = { state: 'DISCARDED', reason } as const;
      const work = { decide, carryOut: letItBe, settlement };
      return run({ id, name: 'discardDeadLetter', input: { id, reason }, ...work }, context);
    },
  };
};
