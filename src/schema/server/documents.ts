import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { nestsTooDeeply } from './nesting.ts';
import { TextCache } from './text-cache.ts';

const MAX_NESTING = 200;

/** The one way in which every lane reads a client's document: plain requests, Yoga, and WebSockets. */
export interface Documents {
  readonly schema: GraphQLSchema;
  /** @throws {GraphQLError} with a code, when it cannot be read. */
  readonly parse: (text: string) => DocumentNode;
  /** Why a document of `parse` may not run; empty when it may. */
  readonly validate: (document: DocumentNode) => readonly GraphQLError[];
}

/** `http` is how Yoga learns of the status. */
const refused = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });

const tooDeep = (): GraphQLError =>
  refused(`The document nests more than ${MAX_NESTING} levels deep: ask for less at a time.`);

/** GraphQL reads by recursion: a document may be deep in more ways than its brackets, as by a chain of fragments. */
const isOverflow = (error: unknown): boolean => error instanceof RangeError;

const coded = (error: GraphQLError, code: string): GraphQLError => {
  const { extensions } = error;
  Object.assign(extensions, {
    code: extensions['code'] ?? code,
    http: extensions['http'] ?? { spec: true, status: 400 },
  });
  return error;
};

const read = (text: string): DocumentNode => {
  if (nestsTooDeeply(text, MAX_NESTING)) throw tooDeep();
  try {
    return parse(text);
  } catch (error) {
    if (isOverflow(error)) throw tooDeep();
    throw error instanceof GraphQLError ? coded(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
};

const check = (schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] => {
  try {
    return validate(schema, document).map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED'));
  } catch (error) {
    if (isOverflow(error)) return [tooDeep()];
    throw error;
  }
};

/** Reads and checks each text once, and knows it from then on. */
export const openDocuments = (schema: GraphQLSchema): Documents => {
  const known = new TextCache<DocumentNode>();
  const checked = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  return {
    schema,
    parse: (text) => {
      const before = known.get(text);
      if (before !== undefined) return before;
      const document = read(text);
      known.set(text, document);
      return document;
    },
    validate: (document) => {
      const before = checked.get(document);
      if (before !== undefined) return before;
      const errors = check(schema, document);
      checked.set(document, errors);
      return errors;
    },
  };
};
