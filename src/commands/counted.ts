import {
  asSpan,
  type CommandEnded,
  Conflict,
  type Result,
  SIGNALS,
  type Span,
  Unavailable,
} from '../platform/index.ts';
import { COMMANDS, type CommandName } from './catalogue.ts';
import { beginCommand } from './command-span.ts';
import type { CommandContext } from './context.ts';

type Answer<T, E> = Promise<Result<T, E>>;
type Refusal = { readonly code: string };

const outcomeOf = (error: unknown): CommandEnded['outcome'] => {
  if (error instanceof Unavailable) return 'unavailable';
  return error instanceof Conflict ? 'conflict' : 'failed';
};

const told = async <T, E extends Refusal>(command: CommandName, run: () => Answer<T, E>): Answer<T, E> => {
  const beganMs = performance.now();
  const tell = (outcome: CommandEnded['outcome'], code = ''): void =>
    SIGNALS.commandEnded.tell({ command, outcome, code, tookMs: performance.now() - beganMs });
  try {
    const answer = await run();
    if (answer.ok) tell('done');
    else tell('rejected', answer.error.code);
    return answer;
  } catch (error) {
    tell(outcomeOf(error));
    throw error;
  }
};

/** A rule's refusal is no failure. */
const noteRefusal = (span: Span, answer: Result<unknown, Refusal>): void => {
  if (!answer.ok) span.set({ 'panier.rejection': answer.error.code });
};

/** Carries a command out, as a span, and tells what became of it. */
export const counted = <T, E extends Refusal>(
  command: CommandName,
  given: CommandContext,
  run: (context: CommandContext) => Answer<T, E>,
): Answer<T, E> => {
  const { span, context } = beginCommand(command, given);
  const carryOut = (): Answer<T, E> => told(command, () => run(context));
  return span === undefined ? carryOut() : asSpan(span, carryOut, noteRefusal);
};

type Command = (input: unknown, context: CommandContext) => Answer<unknown, Refusal>;

const nameOf = (method: string, others: Readonly<Record<string, CommandName>>): CommandName | null => {
  if (Object.hasOwn(COMMANDS, method)) return method as CommandName;
  return others[method] ?? null;
};

/** The same commands, each {@link counted}; told are those whose methods have other names. What is no command stays as it is. */
export const countedEach = <C extends object>(commands: C, others: Readonly<Record<string, CommandName>> = {}): C => {
  const each = Object.entries(commands).map(([method, given]: [string, unknown]) => {
    const name = nameOf(method, others);
    if (name === null) return [method, given];
    const run = given as Command;
    return [method, (input: unknown, context: CommandContext) => counted(name, context, (now) => run(input, now))];
  });
  return Object.fromEntries(each) as C;
};
