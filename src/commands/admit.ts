import { hash } from 'node:crypto';
import type { Reach, Rejection } from '../events/index.ts';
import { type Deadline, err, NO_DEADLINE, ok, type Result } from '../platform/index.ts';
import { BOUNDS } from './bounds.ts';
import {
  COMMANDS,
  type CommandInput,
  type CommandName,
  type CommandRead,
  type NamedField,
  namedFields,
} from './catalogue.ts';
import type { CommandContext } from './context.ts';
import { optional, text, whole } from './field.ts';
import type { Misfit } from './misfit.ts';

declare const admitted: unique symbol;

/** A key under which the answer is kept, and a hash of what was asked for under it. Only {@link admit} makes one. */
export interface KeyedRequest {
  readonly key: string;
  readonly hash: string;
  readonly [admitted]: true;
}

/** A command that came through the door: nothing of it is left to be checked by itself. Only {@link admit} makes one. */
export interface Admitted<N extends CommandName> {
  readonly name: N;
  readonly input: CommandRead<N>;
  readonly reach: Reach;
  readonly expectedVersion: number | null;
  readonly traceparent: string | null;
  /** After it nothing more is begun. */
  readonly deadline: Deadline;
  /** Null: the answer is not kept. */
  readonly request: KeyedRequest | null;
  readonly onWritten: NonNullable<CommandContext['onWritten']>;
  readonly [admitted]: true;
}

/** A definition of whichever command. */
interface AnyDefinition {
  readonly fields: readonly NamedField[];
  complete(read: object, context: CommandContext): Result<object, Misfit>;
}

const CONTEXT = namedFields({
  idempotencyKey: optional(text(BOUNDS.key)),
  expectedVersion: optional(whole({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })),
});

const toldToNobody = (): void => {};

const invalid = (why: Misfit): Result<never, Rejection> => err({ code: 'INVALID_INPUT', ...why });

const readAll = (fields: readonly NamedField[], raw: object): Result<object, Misfit> => {
  const read: Record<string, unknown> = {};
  for (const [name, field] of fields) {
    const value = field.read((raw as Readonly<Record<string, unknown>>)[name], [name]);
    if (!value.ok) return value;
    read[name] = value.value;
  }
  return ok(read);
};

/** Whose keys are meant: those of a customer bear the id alone, as they did before there were others. */
const keeperOf = ({ reach, subject = null }: CommandContext): readonly (string | null)[] => {
  if (typeof reach === 'object') return reach.kind === 'Customer' ? [reach.customerId] : ['visitor', reach.visitorId];
  return subject === null ? [null] : ['subject', subject];
};

const keyedRequest = (command: object, key: string, context: CommandContext): KeyedRequest =>
  ({
    // Everybody's keys are their own: nobody learns of another's answer, or goes without one, by using their key.
    key: JSON.stringify([...keeperOf(context), key]),
    hash: hash('sha256', JSON.stringify(command), 'base64url'),
  }) as KeyedRequest;

/** The one way in: a command as it was handed in becomes one that can be carried out, or is refused as INVALID_INPUT. */
export const admit = <N extends CommandName>(
  name: N,
  input: CommandInput<N>,
  context: CommandContext,
): Result<Admitted<N>, Rejection> => {
  const definition: AnyDefinition = COMMANDS[name];
  const fields = readAll(definition.fields, input);
  if (!fields.ok) return invalid(fields.error);
  const around = readAll(CONTEXT, context);
  if (!around.ok) return invalid(around.error);
  const completed = definition.complete(fields.value, context);
  if (!completed.ok) return invalid(completed.error);
  const {
    idempotencyKey,
    expectedVersion = null,
    reach,
    traceparent,
    deadline = NO_DEADLINE,
    onWritten = toldToNobody,
  } = context;
  const asked = () => ({ command: name, ...completed.value, expectedVersion });
  const request = idempotencyKey === null ? null : keyedRequest(asked(), idempotencyKey, context);
  const beside = { reach, expectedVersion, traceparent, deadline, onWritten };
  return ok({ name, input: completed.value, ...beside, request } as Admitted<N>);
};
