import {
  type DocumentNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { OperationLabel } from '../../platform/index.ts';
import { fragmentsIn } from './document-size.ts';

/** As what an operation of a valid document is counted; null where the document has none of that name. */
export type LabelOf = (document: DocumentNode, operationName: string | null | undefined) => OperationLabel | null;

type Fragments = ReturnType<typeof fragmentsIn>;

const contentsOf = (node: SelectionNode, fragments: Fragments): SelectionSetNode | undefined =>
  node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value)?.selectionSet : node.selectionSet;

/** Of a valid operation: its fragments come to an end, and to no more fields than a limit allows. */
const rootFields = (set: SelectionSetNode | undefined, fragments: Fragments): readonly string[] =>
  (set?.selections ?? []).flatMap((node) =>
    node.kind === Kind.FIELD ? node.name.value : rootFields(contentsOf(node, fragments), fragments),
  );

/** By fields, of which the schema has so many, and not by names, of which clients have any number. */
const nameByFields = (document: DocumentNode, { selectionSet }: OperationDefinitionNode): string => {
  const [first = 'several', ...others] = new Set(rootFields(selectionSet, fragmentsIn(document)));
  return others.length === 0 ? first : 'several';
};

/** Looks at each operation once. */
export const labelsBy = (isTrusted: (document: DocumentNode) => boolean): LabelOf => {
  const known = new WeakMap<OperationDefinitionNode, OperationLabel>();
  return (document, operationName) => {
    const operation = getOperationAST(document, operationName);
    if (!operation) return null;
    const before = known.get(operation);
    if (before !== undefined) return before;
    const own = isTrusted(document) ? operation.name?.value : undefined;
    const label = { type: operation.operation, name: own ?? nameByFields(document, operation) };
    known.set(operation, label);
    return label;
  };
};
