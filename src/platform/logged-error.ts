import { withoutSecrets } from './safe-line.ts';

/** What of an error is logged beside its message and stack: what tells where it comes from, and nothing that it was about. */
const TELLING = [
  'code',
  'errno',
  'syscall',
  'address',
  'port',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'routine',
] as const;

interface LoggedError {
  readonly [field: string]: unknown;
}

const tellingOf = (error: Error): LoggedError =>
  Object.fromEntries(
    TELLING.flatMap((field) => {
      const value: unknown = Reflect.get(error, field);
      return typeof value === 'string' || typeof value === 'number' ? [[field, value]] : [];
    }),
  );

const MAX_CAUSES = 5;

const loggedUpTo = (error: unknown, depth: number): unknown => {
  if (!(error instanceof Error)) return withoutSecrets(String(error));
  const { name, message, stack = '', cause } = error;
  const within = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  return {
    type: name,
    message: withoutSecrets(message),
    stack: withoutSecrets(stack),
    ...tellingOf(error),
    ...(cause !== undefined && depth > 0 && { cause: loggedUpTo(cause, depth - 1) }),
    ...(within.length > 0 && depth > 0 && { errors: within.map((each) => loggedUpTo(each, depth - 1)) }),
  };
};

/**
 * An error as it is logged. Drivers hang on to theirs what they were asked for: ioredis a command with its arguments, AUTH and
 * its password among them; PostgreSQL, in `detail`, the row that it refuses.
 */
export const loggedError = (error: unknown): unknown => loggedUpTo(error, MAX_CAUSES);
