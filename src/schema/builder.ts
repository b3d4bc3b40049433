import SchemaBuilder from '@pothos/core';
import type { Decimal, Json } from '../events/index.ts';
import type { GatewayContext } from './context.ts';

/** Every type of the schema is declared with this builder, in a file of its own. Fields are non-null unless they say so. */
export const builder = new SchemaBuilder<{
  Context: GatewayContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    Decimal: { Input: Decimal; Output: Decimal };
    DateTime: { Input: string; Output: string };
    JSON: { Input: Json; Output: Json };
  };
}>({ defaultFieldNullability: false });

builder.queryType({ description: 'What is. Answers come from the read side, which follows every change within moments.' });
builder.mutationType({
  description:
    'Commands. An answer that is not an error is durable. Expected refusals are members of the result union and implement UserError.',
});
builder.subscriptionType({ description: 'What changes, as it changes, by WebSocket (graphql-transport-ws) or server-sent events.' });

/** The builder's own type parameter, for functions that take references to its types. */
export type SchemaTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never;
