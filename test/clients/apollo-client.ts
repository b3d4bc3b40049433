import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { connectWebSocket } from './graphql-ws.ts';
import { possibleTypes } from './schema.ts';

export const connectApollo = (url: string, token: () => Promise<string>) => {
  const signedIn = new SetContextLink(async () => ({ headers: { authorization: `Bearer ${await token()}` } }));
  const byHttp = signedIn.concat(new HttpLink({ uri: url }));
  const bySocket = new GraphQLWsLink(connectWebSocket(url, token));
  const link = ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    bySocket,
    byHttp,
  );
  return new ApolloClient({ link, cache: new InMemoryCache({ possibleTypes }) });
};
