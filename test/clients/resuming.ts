import type { Client, ExecutionResult } from 'graphql-ws';

const cursorIn = ({ data }: ExecutionResult): unknown =>
  Object.values(data ?? {}).map((value) => (value as { cursor?: unknown } | null)?.cursor)[0];

/** The client, whose subscriptions go on behind their last update when it has connected anew: it sends `variables` again. */
export const resuming = (client: Client): Client => ({
  ...client,
  subscribe: (payload, sink) => {
    const variables: Record<string, unknown> = { ...payload.variables };
    const next: typeof sink.next = (value) => {
      variables['after'] = cursorIn(value as ExecutionResult) ?? variables['after'];
      sink.next(value);
    };
    const told = { next, error: (error: unknown) => sink.error(error), complete: () => sink.complete() };
    return client.subscribe({ ...payload, variables }, told);
  },
});
