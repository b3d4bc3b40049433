import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { Conflict, type Logger, Unavailable } from '../platform/index.ts';
import { variableProblem } from './variable-problem.ts';

type Extensions = Readonly<Record<string, unknown>>;

/** What was thrown, out of the GraphQL errors that say where. */
const thrownOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError !== undefined ? thrownOf(error.originalError) : error;

const withPlace = (error: unknown, message: string, extensions: Extensions): GraphQLError => {
  if (!(error instanceof GraphQLError)) return new GraphQLError(message, { extensions });
  const { nodes = null, source = null, positions = null, path = null } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
};

/** An error that GraphQL itself, or this folder, made for the client. One about a value of ours, which has a path, is a defect. */
const isForClient = (error: unknown, thrown: unknown): error is GraphQLError =>
  error instanceof GraphQLError &&
  thrown instanceof GraphQLError &&
  (typeof error.extensions['code'] === 'string' || error.path === undefined);

const BAD_USER_INPUT = 'BAD_USER_INPUT';

const withCode = (error: GraphQLError): GraphQLError =>
  withPlace(error, error.message, { ...error.extensions, code: BAD_USER_INPUT });

/** graphql-js gives no code to variables that do not fit their types, and says no path in a form that a program can use. */
const coded = (error: GraphQLError): GraphQLError => {
  const problem = variableProblem(error.message);
  if (problem === null) return error.extensions['code'] === undefined ? withCode(error) : error;
  const { message, ...about } = problem;
  return withPlace(error, message, { code: BAD_USER_INPUT, ...about, ...error.extensions });
};

/** Logs a defect, once. Returns the correlation id, which is all that a client is told of it. */
export const logDefect = (logger: Logger, error: unknown, asked: string): string => {
  const correlationId = randomUUID();
  logger.error({ error, correlationId, asked }, 'A request met a defect');
  return correlationId;
};

const masked = (error: unknown, thrown: unknown, logger: Logger): GraphQLError => {
  const correlationId = logDefect(logger, thrown, 'operation');
  return withPlace(error, `Something is wrong on our side. Its correlation id is ${correlationId}.`, {
    code: 'INTERNAL_SERVER_ERROR',
    correlationId,
    // Yoga's sign for HTTP status 500 when there is no data.
    unexpected: true,
  });
};

export type MaskError = (error: unknown) => GraphQLError;

/** What a client is told of anything that was thrown. Defects are logged, once, and only their correlation id is told. */
export const maskError =
  (logger: Logger): MaskError =>
  (error) => {
    const thrown = thrownOf(error);
    if (isForClient(error, thrown)) return coded(error);
    if (thrown instanceof Conflict) {
      return withPlace(error, 'Others changed it at the same time. Nothing was done: try again.', { code: 'CONFLICT' });
    }
    if (thrown instanceof Unavailable) {
      logger.warn({ error: thrown }, 'A request was refused: something it needs is away');
      const message = 'Something this needs is away for the moment. Try again, with the same idempotencyKey.';
      return withPlace(error, message, { code: 'UNAVAILABLE' });
    }
    return masked(error, thrown, logger);
  };
