import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Weight } from '../../access/index.ts';
import { fragmentsIn, type Scale, sizeOfOperation } from './document-size.ts';

/** Fields of an answer that one point pays for. */
const FIELDS_OF_A_POINT = 1_000;
/** The command by which a stranger becomes a visitor. */
const SIGN_UP = 'startVisit';

type Fragments = ReturnType<typeof fragmentsIn>;

const contentsOf = (node: SelectionNode, fragments: Fragments): SelectionSetNode | undefined =>
  node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value)?.selectionSet : node.selectionSet;

/** Of a valid operation: its fragments come to an end, and to no more fields than a limit allows. */
const signUpsIn = (set: SelectionSetNode | undefined, fragments: Fragments): number =>
  (set?.selections ?? []).reduce((sum, node) => {
    if (node.kind === Kind.FIELD) return sum + (node.name.value === SIGN_UP ? 1 : 0);
    return sum + signUpsIn(contentsOf(node, fragments), fragments);
  }, 0);

const weigh = (scale: Scale, document: DocumentNode, operation: OperationDefinitionNode): Weight => {
  const { cost, rootFields } = sizeOfOperation(scale, document, operation);
  const points = 1 + Math.floor(cost / FIELDS_OF_A_POINT);
  if (operation.operation !== OperationTypeNode.MUTATION) return { points, commands: 0, visits: 0 };
  return { points, commands: rootFields, visits: signUpsIn(operation.selectionSet, fragmentsIn(document)) };
};

/** What operations count as, each weighed once: a point for each thousand fields, a command for each at the root. */
export const weigher = (scale: Scale) => {
  const known = new WeakMap<OperationDefinitionNode, Weight>();
  return (document: DocumentNode, operation: OperationDefinitionNode): Weight => {
    const before = known.get(operation);
    if (before !== undefined) return before;
    const weight = weigh(scale, document, operation);
    known.set(operation, weight);
    return weight;
  };
};
