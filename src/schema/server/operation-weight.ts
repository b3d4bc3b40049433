import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Weight } from '../../access/index.ts';
import { type Scale, sizeOfOperation } from './document-size.ts';
import { rootFieldsOf } from './root-fields.ts';

/** Fields of an answer that one point pays for. */
const FIELDS_OF_A_POINT = 1_000;
/** The command by which a stranger becomes a visitor. */
const SIGN_UP = 'startVisit';

const weigh = (scale: Scale, document: DocumentNode, operation: OperationDefinitionNode): Weight => {
  const { cost } = sizeOfOperation(scale, document, operation);
  const points = 1 + Math.floor(cost / FIELDS_OF_A_POINT);
  if (operation.operation !== OperationTypeNode.MUTATION) return { points, commands: 0, visits: 0 };
  const commands = rootFieldsOf(document, operation);
  return { points, commands: commands.length, visits: commands.filter((name) => name === SIGN_UP).length };
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
