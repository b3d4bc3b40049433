import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';
import type { Json } from '../../events/index.ts';

/** The scalar JSON. */
export const json = new GraphQLScalarType<Json, Json>({
  name: 'JSON',
  description: 'Any JSON value, as it is.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  serialize: (value) => value as Json,
  parseValue: (value) => value as Json,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables) as Json,
});
