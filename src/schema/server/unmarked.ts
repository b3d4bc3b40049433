import { GraphQLError } from 'graphql';

/** The error as clients see it: without the marks that tell Yoga of the status. */
export const unmarked = (error: GraphQLError): GraphQLError => {
  const { http: _http, unexpected: _unexpected, ...extensions } = error.extensions;
  const { message, nodes = null, source = null, positions = null, path = null } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
};
