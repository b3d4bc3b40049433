import { signedInAs } from '../../support/tokens.ts';
import { type Answer, documentOf, type Operation, type Outcome } from './operation.ts';

const PATIENCE_MS = 10_000;
/** By these codes the API says that nothing was done. */
const NOTHING_DONE = new Set(['CONFLICT', 'BAD_USER_INPUT', 'FORBIDDEN', 'UNAUTHENTICATED']);

export interface Reply {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export interface Question {
  readonly url: string;
  /** Null asks as an operator. */
  readonly customerId: string | null;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

/** One GraphQL request. @throws whatever fetch throws, and on an answer that is no GraphQL reply */
export const ask = async ({ url, customerId, query, variables = {}, signal }: Question): Promise<Reply> => {
  const timeout = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await signedInAs(customerId)) },
    body: JSON.stringify({ query, variables }),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
  return (await response.json()) as Reply;
};

const answerOf = (result: Readonly<Record<string, unknown>>): Answer =>
  'code' in result
    ? { __typename: 'Rejection', code: String(result['code']) }
    : (result as unknown as Exclude<Answer, { readonly __typename: 'Rejection' }>);

const outcomeOf = ({ data, errors }: Reply): Outcome => {
  const result = data?.['result'] as Readonly<Record<string, unknown>> | null | undefined;
  if (result !== null && result !== undefined) return { type: 'Answered', answer: answerOf(result) };
  const [error] = errors ?? [];
  const code = error?.extensions?.code ?? 'NONE';
  if (NOTHING_DONE.has(code)) return { type: 'Refused', code };
  if (code === 'INTERNAL_SERVER_ERROR') return { type: 'Defect', message: error?.message ?? '' };
  return { type: 'Unknown', reason: code };
};

export interface Mutation extends Operation {
  readonly url: string;
  readonly customerId: string | null;
  readonly key: string;
  readonly signal?: AbortSignal;
}

/** Sends a mutation once. Never throws: what cannot be known is an outcome. */
export const send = async ({ url, customerId, key, signal, name, input }: Mutation): Promise<Outcome> => {
  const query = documentOf({ name, input });
  const variables = { input: { ...input, idempotencyKey: key } };
  try {
    return outcomeOf(await ask({ url, customerId, query, variables, ...(signal && { signal }) }));
  } catch (error) {
    return { type: 'Unknown', reason: error instanceof Error ? error.name : 'thrown' };
  }
};
