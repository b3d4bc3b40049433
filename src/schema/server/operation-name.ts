import { type DocumentNode, getOperationAST, type OperationDefinitionNode } from 'graphql';
import type { OperationLabel } from '../../platform/index.ts';
import { rootFieldsOf } from './root-fields.ts';

/** As what an operation of a valid document is counted; null where the document has none of that name. */
export type LabelOf = (document: DocumentNode, operationName: string | null | undefined) => OperationLabel | null;

/** By fields, of which the schema has so many, and not by names, of which clients have any number. */
const nameByFields = (document: DocumentNode, operation: OperationDefinitionNode): string => {
  const [first = 'several', ...others] = new Set(rootFieldsOf(document, operation));
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
