import type { AnyVariables, TypedDocumentNode } from '@urql/core';

/** An operation of a page, by the hash of its text, which the gateway knows. `ui/generated` has them all. */
export const asked = <Data, Variables extends AnyVariables>(documentId: string): TypedDocumentNode<Data, Variables> => {
  const document: unknown = { kind: 'Document', definitions: [], documentId };
  return document as TypedDocumentNode<Data, Variables>;
};
