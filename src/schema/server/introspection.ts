import { type DocumentNode, GraphQLError, Kind, visit } from 'graphql';
import type { Viewer } from '../../access/index.ts';

/** Why the viewer may not run the document; null when they may. */
export type RefusalOf = (document: DocumentNode, viewer: Viewer) => GraphQLError | null;

interface Telling {
  readonly fields: readonly string[];
  readonly to: readonly Viewer['kind'][];
  readonly message: string;
}

/** What tells of the schema, and whom it may. Gateways and registries ask for a subgraph's as services. */
const TELLING: readonly Telling[] = [
  {
    fields: ['__schema', '__type'],
    to: ['Operator'],
    message: 'Only operators may ask for the schema here: docs/contract.graphql of panier has it.',
  },
  {
    fields: ['_service'],
    to: ['Operator', 'Service'],
    message: 'Only operators and services may ask for the subgraph here: subgraph.graphql of panier has it.',
  },
];

const tellingIn = (document: DocumentNode): readonly Telling[] => {
  const asked = new Set<string>();
  visit(document, { [Kind.FIELD]: ({ name }) => void asked.add(name.value) });
  return TELLING.filter(({ fields }) => fields.some((field) => asked.has(field)));
};

/** Introspection is for operators. What a document asks for is looked at once. */
export const introspectionForOperators = (): RefusalOf => {
  const known = new WeakMap<DocumentNode, readonly Telling[]>();
  return (document, { kind }) => {
    if (kind === 'Operator') return null;
    const telling = known.get(document) ?? tellingIn(document);
    known.set(document, telling);
    const refused = telling.find(({ to }) => !to.includes(kind));
    if (refused === undefined) return null;
    return new GraphQLError(refused.message, { extensions: { code: 'FORBIDDEN', http: { spec: true, status: 403 } } });
  };
};

export const introspectionForAll: RefusalOf = () => null;
