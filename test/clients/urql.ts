import { Client, type ExecutionResult, fetchExchange, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { connectWebSocket } from './graphql-ws.ts';
import { introspection, keys } from './schema.ts';

export const connectUrql = (url: string, token: string) => {
  const socket = connectWebSocket(url, async () => token);
  const live = subscriptionExchange({
    forwardSubscription: ({ query = '', variables = {} }) => ({
      subscribe: (sink) => {
        const next = (result: unknown): void => sink.next(result as ExecutionResult);
        return { unsubscribe: socket.subscribe({ query, variables: { ...variables } }, { ...sink, next }) };
      },
    }),
  });
  const exchanges = [cacheExchange({ schema: introspection, keys }), live, fetchExchange];
  const fetchOptions = { headers: { authorization: `Bearer ${token}` } };
  return new Client({ url, exchanges, fetchOptions, preferGetMethod: false });
};
