import { type DocumentNode, type GraphQLError, type GraphQLSchema, getOperationAST, OperationTypeNode } from 'graphql';
import type { Params } from './params.ts';
import { TextCache } from './text-cache.ts';

/** An operation that is valid and neither streams nor is streamed. */
export interface PreparedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
}

/** How Yoga reads documents: with its plugins. */
export interface Reader {
  readonly schema: GraphQLSchema;
  readonly parse: (text: string) => DocumentNode;
  readonly validate: (schema: GraphQLSchema, document: DocumentNode) => readonly GraphQLError[];
}

type Prepared = PreparedOperation | 'NotPlain';

const read = ({ schema, parse, validate }: Reader, { query, operationName }: Params): Prepared => {
  const document = parse(query);
  const operation = getOperationAST(document, operationName);
  if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return 'NotPlain';
  return validate(schema, document).length === 0 ? { schema, document } : 'NotPlain';
};

const tryToRead = (...of: Parameters<typeof read>): Prepared => {
  try {
    return read(...of);
  } catch {
    return 'NotPlain';
  }
};

/** Reads each operation once, and knows it by its text and name from then on. Null for what Yoga has to answer. */
export const preparedOperations = (readerFor: (params: Params) => Reader) => {
  const known = new TextCache<Prepared>();
  return (params: Params): PreparedOperation | null => {
    // A name has no space in it, so that no name and text look like another pair.
    const key = `${params.operationName ?? ''} ${params.query}`;
    let prepared = known.get(key);
    if (prepared === undefined) {
      prepared = tryToRead(readerFor(params), params);
      known.set(key, prepared);
    }
    return prepared === 'NotPlain' ? null : prepared;
  };
};
