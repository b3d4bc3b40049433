import type { GraphQLError } from 'graphql';
import { refused } from './document-limits.ts';
import { hashOf, type Manifest } from './manifest.ts';

/** What of a request says which document it means, in whatever lane it came. */
export interface Asked {
  readonly query?: unknown;
  /** Source: GraphQL over HTTP, appendix "Persisted Documents". */
  readonly documentId?: unknown;
  /** `persistedQuery { version, sha256Hash }`: as Apollo's and urql's clients ask. */
  readonly extensions?: unknown;
}

/** The text of the document that is asked for, or else what was sent in its place. @throws {GraphQLError} with a code */
export type TextOf = (asked: Asked) => unknown;

export interface KnownDocuments {
  readonly manifests: readonly Manifest[];
  /** Runs no other document than these. */
  readonly isClosed: boolean;
}

/** Clients of Apollo and urql know it by these words, and send the text then; where only what is known runs, that is refused. */
const UNKNOWN_HASH = 'PersistedQueryNotFound';

const badInput = (message: string): GraphQLError => refused('BAD_USER_INPUT', message);

const notFound = (message: string): GraphQLError => refused('PERSISTED_QUERY_NOT_FOUND', message);

const unknownId = (id: string): GraphQLError =>
  notFound(`No document with the documentId ${id.slice(0, 100)} is known here: PANIER_DOCUMENTS_MANIFEST names them.`);

const notTrusted = (): GraphQLError =>
  refused(
    'DOCUMENT_NOT_TRUSTED',
    'Only documents of a manifest are run here: send the documentId of one in place of its text. None is taken in from requests.',
  );

const persistedQueryOf = (extensions: unknown): unknown =>
  typeof extensions === 'object' && extensions !== null && 'persistedQuery' in extensions
    ? extensions.persistedQuery
    : undefined;

const sha256HashOf = (persistedQuery: unknown): string => {
  if (typeof persistedQuery === 'object' && persistedQuery !== null) {
    const { version, sha256Hash } = persistedQuery as { readonly version?: unknown; readonly sha256Hash?: unknown };
    if (version === 1 && typeof sha256Hash === 'string') return sha256Hash;
  }
  throw badInput('persistedQuery has to be { version: 1, sha256Hash } with the hash as a string.');
};

const isText = (query: unknown): boolean => query !== undefined && query !== null && query !== '';

const idIn = ({ query, documentId }: Asked): string => {
  if (typeof documentId !== 'string') throw badInput('documentId has to be a string.');
  if (isText(query)) throw badInput('Send documentId or query, not both.');
  return documentId;
};

/** Reads by which document a request asks, of all manifests together. Nothing that a request brings is kept. */
export const openAskedText = ({ manifests, isClosed }: KnownDocuments): TextOf => {
  const byHash = new Map(manifests.flatMap((each) => Object.entries(each)).map(([id, text]) => [hashOf(id), text]));
  const texts = new Set(byHash.values());
  const sent = (query: unknown): unknown => {
    if (isClosed && typeof query === 'string' && query !== '' && !texts.has(query)) throw notTrusted();
    return query;
  };
  return (asked) => {
    const { query, documentId, extensions } = asked;
    if (documentId !== undefined && documentId !== null) {
      const id = idIn(asked);
      const text = byHash.get(hashOf(id));
      if (text === undefined) throw unknownId(id);
      return text;
    }
    const persistedQuery = persistedQueryOf(extensions);
    if (persistedQuery === undefined || persistedQuery === null || isText(query)) return sent(query);
    const text = byHash.get(hashOf(sha256HashOf(persistedQuery)));
    if (text === undefined) throw notFound(UNKNOWN_HASH);
    return text;
  };
};
