import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';
import type { Limits } from '../../platform/index.ts';
import { type KnownDocuments, openAskedText, type TextOf } from './asked-text.ts';
import { excessesOf, refused } from './document-limits.ts';
import { introspectionForAll, introspectionForOperators, type RefusalOf } from './introspection.ts';
import { type LabelOf, labelsBy } from './operation-name.ts';
import { TextCache } from './text-cache.ts';
import { tokenExcess } from './tokens.ts';

const MAX_NESTING = 200;

/** The one way in which every lane reads a client's document: plain requests, Yoga, and WebSockets. */
export interface Documents {
  readonly schema: GraphQLSchema;
  /** Tells strangers nothing of the schema: neither by introspection nor by suggestions in errors. */
  readonly isReticent: boolean;
  readonly textOf: TextOf;
  /** @throws {GraphQLError} with a code, when it cannot be read. */
  readonly parse: (text: string) => DocumentNode;
  /** Why a document of `parse` may not run; empty when it may. */
  readonly validate: (document: DocumentNode) => readonly GraphQLError[];
  /** As what an operation of a document of `parse` is counted. */
  readonly labelOf: LabelOf;
  /** Why this viewer may not run it. */
  readonly refusalOf: RefusalOf;
}

export interface DocumentsPolicy {
  readonly limits: Limits;
  readonly isReticent: boolean;
  readonly known: KnownDocuments;
}

/** Each mistake of a document tells something of the schema, and costs a walk: strangers hear of the first ones. */
const RETICENT = { hideSuggestions: true, maxErrors: 5 } as const;

/** As `npm start` without configuration. */
export const ANY_DOCUMENT = { isReticent: false, known: { manifests: [], isClosed: false } } as const;

const tooDeep = (): GraphQLError =>
  refused('BAD_USER_INPUT', `The document nests more than ${MAX_NESTING} levels deep: ask for less at a time.`);

const tooLong = (tokens: number): GraphQLError =>
  refused('TOO_MANY_TOKENS', `The document has more than ${tokens} tokens: send several requests.`);

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

const assertReadable = (text: string, tokens: number): void => {
  const excess = tokenExcess(text, { tokens, nesting: MAX_NESTING });
  if (excess !== null) throw excess === 'TooManyTokens' ? tooLong(tokens) : tooDeep();
};

const read = (text: string, { tokens }: Limits): DocumentNode => {
  assertReadable(text, tokens);
  try {
    return parse(text);
  } catch (error) {
    if (isOverflow(error)) throw tooDeep();
    throw error instanceof GraphQLError ? coded(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
};

const check = (
  schema: GraphQLSchema,
  document: DocumentNode,
  { limits, isReticent }: DocumentsPolicy,
): readonly GraphQLError[] => {
  try {
    const excesses = excessesOf(schema, document, limits);
    if (excesses.length > 0) return excesses;
    const options = isReticent ? RETICENT : {};
    return validate(schema, document, specifiedRules, options).map((error) =>
      coded(error, 'GRAPHQL_VALIDATION_FAILED'),
    );
  } catch (error) {
    if (isOverflow(error)) return [tooDeep()];
    throw error;
  }
};

/** Reads and checks each text once, and knows it from then on. */
export const openDocuments = (schema: GraphQLSchema, policy: DocumentsPolicy): Documents => {
  const { limits, isReticent } = policy;
  const known = new TextCache<DocumentNode>();
  const checked = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  const trustedTexts = new Set(policy.known.manifests.flatMap((manifest) => Object.values(manifest)));
  const trusted = new WeakSet<DocumentNode>();
  return {
    schema,
    isReticent,
    textOf: openAskedText(policy.known),
    labelOf: labelsBy((document) => trusted.has(document)),
    refusalOf: isReticent ? introspectionForOperators() : introspectionForAll,
    parse: (text) => {
      const before = known.get(text);
      if (before !== undefined) return before;
      const document = read(text, limits);
      known.set(text, document);
      if (trustedTexts.has(text)) trusted.add(document);
      return document;
    },
    validate: (document) => {
      const before = checked.get(document);
      if (before !== undefined) return before;
      const errors = check(schema, document, policy);
      checked.set(document, errors);
      return errors;
    },
  };
};
