import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsIn } from './document-size.ts';

type Fragments = ReturnType<typeof fragmentsIn>;

const contentsOf = (node: SelectionNode, fragments: Fragments): SelectionSetNode | undefined =>
  node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value)?.selectionSet : node.selectionSet;

const namesIn = (set: SelectionSetNode | undefined, fragments: Fragments): readonly string[] =>
  (set?.selections ?? []).flatMap((node) =>
    node.kind === Kind.FIELD ? node.name.value : namesIn(contentsOf(node, fragments), fragments),
  );

/**
 * The names of the fields at the root, each as often as it is asked for. Of a valid operation: its fragments come to an end,
 * and to no more fields than a limit allows.
 */
export const rootFieldsOf = (document: DocumentNode, { selectionSet }: OperationDefinitionNode): readonly string[] =>
  namesIn(selectionSet, fragmentsIn(document));
