import { type ExecutionResult, execute, parse, subscribe, validate } from 'graphql';
import { ADMITTED_AS_NOBODY, type Admission, SCOPES, type Viewer } from '../../access/index.ts';
import { DEFAULT_LIMITS, openLogger } from '../../platform/index.ts';
import { type Batches, createBatches } from '../batches.ts';
import type { GatewayContext, Modules } from '../context.ts';
import { answerDeadline } from '../in-time.ts';
import { OwnWrites } from '../own-writes.ts';
import { schema } from '../schema.ts';
import { createLiveStreams, type LiveStreams } from '../subscriptions/live-streams.ts';

export const OPERATOR: Viewer = { kind: 'Operator', subject: 'test', scopes: new Set(SCOPES) };
export const customer = (customerId: string): Viewer => ({ kind: 'Customer', customerId });
export const admittedAs = (viewer: Viewer): Admission => ({ ...ADMITTED_AS_NOBODY, viewer });
export const SILENT = openLogger('silent');

interface Operation {
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly viewer?: Viewer;
  readonly live?: LiveStreams;
  readonly batches?: Batches;
  readonly ownWrites?: OwnWrites;
}

const contextOf = (modules: Modules, { viewer = OPERATOR, live, batches, ownWrites }: Operation): GatewayContext => ({
  write: modules.write,
  saga: modules.saga,
  operations: modules.operations,
  audit: modules.audit,
  read: modules.read,
  access: modules.access,
  webhooks: modules.webhooks,
  monitoring: modules.monitoring,
  upkeep: modules.upkeep,
  batches: batches ?? createBatches(modules.read, modules.audit),
  live: live ?? createLiveStreams(modules.read.changes),
  ownWrites: ownWrites ?? new OwnWrites(),
  nextCopy: null,
  viewer,
  admission: admittedAs(viewer),
  limits: DEFAULT_LIMITS,
  traceparent: null,
  deadline: answerDeadline(DEFAULT_LIMITS),
  excess: { fields: 0 },
  resumption: { lastEventId: null, cursor: null },
});

const argsOf = (modules: Modules, operation: Operation) => {
  const document = parse(operation.document);
  const [error] = validate(schema, document);
  if (error !== undefined) throw error;
  return { schema, document, variableValues: operation.variables, contextValue: contextOf(modules, operation) };
};

type Answer = Readonly<Record<string, unknown>>;

/** Runs a query or a mutation on the real schema. @throws when the document does not fit the schema. */
export const run = async (modules: Modules, operation: Operation): Promise<ExecutionResult<Answer>> =>
  execute(argsOf(modules, operation));

/** Subscribes on the real schema; a subscription that may not start throws its error. */
export const follow = async (
  modules: Modules,
  operation: Operation,
): Promise<AsyncGenerator<ExecutionResult<Answer>>> => {
  const stream = await subscribe(argsOf(modules, operation));
  if (Symbol.asyncIterator in stream) return stream as AsyncGenerator<ExecutionResult<Answer>>;
  throw stream.errors?.[0] ?? new Error('There is neither a stream nor an error.');
};

/** What stands at a path of an answer; undefined where nothing does. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown> | null | undefined)?.[step], value);

/** The next value of a subscription's only field; undefined when the subscription is over. */
export const nextOf = async (stream: AsyncGenerator<ExecutionResult<Answer>>): Promise<unknown> => {
  const next: unknown = await stream.next();
  return Object.values((at(next, 'value', 'data') as Answer | undefined) ?? {})[0];
};
