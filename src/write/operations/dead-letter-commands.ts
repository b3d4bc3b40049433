import type { Redis } from 'ioredis';
import { addAgain, findDeadLetter, type KeptDeadLetter, type Settlement, settleDeadLetter } from '../../bus/index.ts';
import { type Admitted, admit, type CommandContext, type CommandInput } from '../../commands/index.ts';
import { type Db, type JournalDbs, orUnavailable } from '../../database/index.ts';
import { type DeadLetterId, fixedLayout, type Layout, type Rejection } from '../../events/index.ts';
import { err, ok } from '../../platform/index.ts';
import type { Decision, Loaded } from '../execution/aggregate.ts';
import { type Answered, type Execute, loadAnswer, runCommand } from '../execution/run-command.ts';
import { type DeadLetter, deadLetterAggregate, discard, retry } from './dead-letter.ts';
import { publishAgain } from './publish-again.ts';
import { attemptsOf, type SettledLetter, settledLetter } from './settled-letter.ts';

/**
 * What operators do about dead letters; each answers with the letter as it then was. What was decided is an event before
 * it is carried out, and is carried out before it is answered: a letter whose command was interrupted is still open, and
 * the same command again carries out the rest.
 */
export interface Operations {
  /** Puts the entry on its stream again. @throws {Unavailable} when the database is away, or Redis for what is not panier's own. */
  retryDeadLetter(command: CommandInput<'retryDeadLetter'>, context: CommandContext): Answered<SettledLetter>;
  /** Takes the letter off the open ones; it stays on record. @throws {Unavailable} when the database is away. */
  discardDeadLetter(command: CommandInput<'discardDeadLetter'>, context: CommandContext): Answered<SettledLetter>;
}

/** Where the dead letters of all groups are kept, and the streams that they came from. */
export interface DeadLetters {
  readonly find: (id: DeadLetterId) => Promise<KeptDeadLetter | null>;
  readonly settle: (settlement: Settlement) => Promise<void>;
  /** Has the letter's entry on its stream once more: panier's own events by their outbox, the others as they are. */
  readonly addAgain: (letter: KeptDeadLetter) => Promise<void>;
}

export interface DeadLettersOptions {
  /** Where the letters are kept. */
  readonly db: Db;
  readonly journals: JournalDbs;
  readonly redis: Redis;
  /** By default one without partitions. */
  readonly layout?: Layout;
}

/** The dead letters in PostgreSQL, and the streams in Redis. */
export const openDeadLetters = (options: DeadLettersOptions): DeadLetters => {
  const { db, journals, redis, layout = fixedLayout() } = options;
  const isQueued = orUnavailable((eventId: string) => publishAgain(journals, eventId));
  return {
    find: orUnavailable((id: DeadLetterId) => findDeadLetter(db, id)),
    settle: orUnavailable((settlement: Settlement) => settleDeadLetter(db, settlement)),
    addAgain: async (letter) => {
      const [, eventId = ''] = letter.fields.find(([name]) => name === 'event_id') ?? [];
      // What is added to Redis alone is published to no Redis that takes its place: with it, the retry would be lost.
      if (await isQueued(eventId)) return;
      await addAgain(redis, letter, layout.current());
    },
  };
};

interface Work {
  readonly command: Admitted<'retryDeadLetter' | 'discardDeadLetter'>;
  readonly decide: (letter: KeptDeadLetter, decided: DeadLetter) => Decision;
  readonly carryOut: (letter: KeptDeadLetter) => Promise<void>;
}

type Run = (work: Work) => Answered<SettledLetter>;

const noSuchLetter = (id: string): Rejection => ({
  code: 'NOT_FOUND',
  message: `There is no dead letter ${id}.`,
  path: ['id'],
});

const runWith =
  (parts: Execute, { find, settle }: DeadLetters): Run =>
  async ({ command, decide, carryOut }) => {
    const { id } = command.input;
    const letter = await find(id);
    const decideOn = ({ state }: Loaded<DeadLetter>) =>
      letter === null ? err(noSuchLetter(id)) : ok(decide(letter, state));
    const beside = letter === null ? undefined : async () => attemptsOf(letter);
    const answer = await runCommand(parts, { aggregate: deadLetterAggregate, command, id, decide: decideOn, beside });
    if (!answer.ok) return answer;
    if (letter === null) throw new Error(`The journal knows ${id}, and it is not there.`);
    const settled = settledLetter(
      await loadAnswer(parts, deadLetterAggregate, answer.value),
      answer.value.beside,
      letter,
    );
    const version = answer.value.sequence;
    if (letter.settledVersion >= version) return ok(settled);
    await carryOut(letter);
    await settle({ ...settled, version });
    return ok(settled);
  };

const letItBe = async (): Promise<void> => {};

export const openOperations = (parts: Execute, letters: DeadLetters): Operations => {
  const run = runWith(parts, letters);
  return {
    retryDeadLetter: async (given, context) => {
      const command = admit('retryDeadLetter', given, context);
      if (!command.ok) return command;
      const { reason } = command.value.input;
      return run({ command: command.value, decide: (letter) => retry(letter, reason), carryOut: letters.addAgain });
    },
    discardDeadLetter: async (given, context) => {
      const command = admit('discardDeadLetter', given, context);
      if (!command.ok) return command;
      const { reason } = command.value.input;
      return run({
        command: command.value,
        decide: (letter, decided) => discard(decided, letter, reason),
        carryOut: letItBe,
      });
    },
  };
};
