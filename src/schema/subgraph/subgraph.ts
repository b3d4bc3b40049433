import { addResolversToSchema, entitiesResolver, printSubgraphSchema } from '@apollo/subgraph';
import { extendSchema, type GraphQLFieldResolver, type GraphQLSchema, lexicographicSortSchema } from 'graphql';
import { asServed } from '../as-served.ts';
import { builder } from '../builder.ts';
import type { GatewayContext } from '../context.ts';
import { referenceResolvers } from './entities.ts';
import { MACHINERY, MARKS } from './federation.ts';
import { readRepresentations } from './representations.ts';

/** panier as a part of a larger graph. */
export interface Subgraph {
  /** Answers what the plain schema does, and what gateways ask beside it. */
  readonly schema: GraphQLSchema;
  /** What subgraph.graphql says, for composition. */
  readonly sdl: string;
}

interface Asked {
  readonly representations: readonly unknown[];
}

const entities: GraphQLFieldResolver<unknown, GatewayContext, Asked> = (...[, asked, context, info]) => {
  const representations = readRepresentations(asked.representations, context.limits.pageSize);
  return entitiesResolver({ representations, context, info });
};

// The directives of federation are defined where subgraphs are composed, not here.
const extended = (schema: GraphQLSchema, by: typeof MARKS): GraphQLSchema =>
  extendSchema(schema, by, { assumeValidSDL: true });

const make = (): Subgraph => {
  const marked = asServed(extended(builder.toSchema(), MARKS));
  const sdl = `${printSubgraphSchema(lexicographicSortSchema(marked))}\n`;
  const schema = extended(marked, MACHINERY);
  addResolversToSchema(schema, {
    ...referenceResolvers,
    _Entity: { __resolveType: ({ __typename }: { readonly __typename: string }) => __typename },
    Query: { _entities: entities, _service: () => ({ sdl }) },
  });
  return { schema, sdl };
};

let made: Subgraph | undefined;

/** The schema of the subgraph, made when it is first asked for: most who run panier federate nothing. */
export const subgraph = (): Subgraph => {
  made ??= make();
  return made;
};
