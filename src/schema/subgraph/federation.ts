import { parse } from 'graphql';

/** What tells a composition of subgraphs about panier's types. Source: https://specs.apollo.dev/federation/v2.3 */
export const MARKS = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  extend type Cart @key(fields: "id")
  extend type Order @key(fields: "id")
  extend type Product @key(fields: "id")
  extend type PageInfo @shareable
`);

/** By what gateways ask a subgraph. Source: https://www.apollographql.com/docs/federation/subgraph-spec */
export const MACHINERY = parse(`
  "The __typename and the id of a Cart, an Order or a Product."
  scalar _Any

  union _Entity = Cart | Order | Product

  type _Service {
    "This schema with the directives of federation, as a composition of subgraphs reads it."
    sdl: String!
  }

  extend type Query {
    "What these references stand for, in their order; null for what is not there, or not for the viewer."
    _entities(representations: [_Any!]!): [_Entity]!
    "For services and operators, where the schema is not for everybody."
    _service: _Service!
  }
`);
