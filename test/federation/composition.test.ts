import { buildSchema, type GraphQLSchema, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { subgraph } from '../../src/schema/index.ts';
import { type Composed, compose } from './compose.ts';
import { REVIEWS_SDL } from './reviews.ts';

const composedWith = (sdl: string): Composed =>
  compose([
    { name: 'panier', url: 'http://panier.example/subgraph', sdl: subgraph().sdl },
    { name: 'other', url: 'http://other.example/graphql', sdl },
  ]);

const problemsWith = (sdl: string): readonly string[] => {
  const composed = composedWith(sdl);
  return 'problems' in composed ? composed.problems : [];
};

/** A type as it is written. */
const typeIn = (schema: GraphQLSchema, name: string): string => {
  const node = schema.getType(name)?.astNode;
  return node ? print(node) : '';
};

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])';
const HELLO = 'type Query { hello: String }';

describe('composed with another subgraph, panier', () => {
  it('is one graph with it', () => {
    const composed = composedWith(REVIEWS_SDL);
    if ('problems' in composed) throw new Error(composed.problems.join('\n'));
    const supergraph = buildSchema(composed.supergraph, { assumeValidSDL: true });
    expect(typeIn(supergraph, 'Product')).toContain('  name: String! @join__field(graph: PANIER)');
    expect(typeIn(supergraph, 'Product')).toContain('  reviews: [Review!]! @join__field(graph: OTHER)');
    for (const type of ['Cart', 'Order', 'Product'])
      for (const graph of ['PANIER', 'OTHER'])
        expect(typeIn(supergraph, type)).toContain(`@join__type(graph: ${graph}, key: "id"`);
  });

  it('shares PageInfo with whoever pages as it does', () => {
    const pages = `${LINK} ${HELLO} type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }`;
    expect(problemsWith(pages)).toEqual([]);
  });

  it.each([
    [
      'a field of its own',
      `${LINK} ${HELLO} type Product @key(fields: "id") { id: ID! name: String! }`,
      'Product.name',
    ],
    [
      'a type of its own that is another one elsewhere',
      `${LINK} ${HELLO} type Money { amount: Float! currency: String! }`,
      'Money.amount',
    ],
    ['an operation of its own', `${LINK} type Query { orders: [String!]! }`, 'Query.orders'],
    [
      'a key that it does not have',
      `${LINK} ${HELLO} type Product @key(fields: "sku") { sku: ID! weight: Int }`,
      'using @key(fields: "sku") of "Product"',
    ],
  ])('does not share %s', (_what, sdl, problem) => {
    const problems = problemsWith(sdl);
    expect(problems.join('\n')).toContain(problem);
  });
});
