import {
  Environment,
  type FetchFunction,
  type GraphQLResponse,
  Network,
  Observable,
  RecordSource,
  Store,
  type SubscribeFunction,
} from 'relay-runtime';
import { connectWebSocket } from './graphql-ws.ts';

export const connectRelay = (url: string, token: string): Environment => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const socket = connectWebSocket(url, async () => token);
  const request: FetchFunction = async ({ text: query }, variables) => {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    return (await response.json()) as GraphQLResponse;
  };
  const subscribe: SubscribeFunction = ({ text }, variables) =>
    Observable.create<GraphQLResponse>(({ next, error, complete }) => {
      const show = (result: unknown): void => next(result as GraphQLResponse);
      return socket.subscribe({ query: text ?? '', variables }, { next: show, error, complete });
    });
  return new Environment({ network: Network.create(request, subscribe), store: new Store(new RecordSource()) });
};
