import { type GraphQLField, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';

/** Looks at each field of the schema's own object types; what is made of one, is made in place. */
export const eachField = <Context>(
  schema: GraphQLSchema,
  visit: (field: GraphQLField<unknown, Context>, type: GraphQLObjectType) => void,
): void => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) visit(field, type);
  }
};
