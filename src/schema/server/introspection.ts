import { type DocumentNode, GraphQLError, Kind, visit } from 'graphql';
import type { Viewer } from '../../access/index.ts';

/** Why the viewer may not run the document; null when they may. */
export type RefusalOf = (document: DocumentNode, viewer: Viewer) => GraphQLError | null;

const FIELDS: ReadonlySet<string> = new Set(['__schema', '__type']);

const asksForSchema = (document: DocumentNode): boolean => {
  let isFound = false;
  visit(document, {
    [Kind.FIELD]: ({ name }) => {
      isFound ||= FIELDS.has(name.value);
    },
  });
  return isFound;
};

const MESSAGE = 'Only operators may ask for the schema here: docs/contract.graphql of panier has it.';

/** Introspection is for operators. What a document asks for is looked at once. */
export const introspectionForOperators = (): RefusalOf => {
  const known = new WeakMap<DocumentNode, boolean>();
  return (document, { kind }) => {
    if (kind === 'Operator') return null;
    const before = known.get(document);
    const asks = before ?? asksForSchema(document);
    if (before === undefined) known.set(document, asks);
    if (!asks) return null;
    return new GraphQLError(MESSAGE, { extensions: { code: 'FORBIDDEN', http: { spec: true, status: 403 } } });
  };
};

export const introspectionForAll: RefusalOf = () => null;
