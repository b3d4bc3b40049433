import type { DocumentNode, ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type OperationEnded, SIGNALS } from '../../platform/index.ts';
import type { LabelOf } from './operation-name.ts';

interface Asked {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
}

/** Tells how the operation ended that began with the call before. */
type Ended = (outcome: OperationEnded['outcome']) => void;

export const beginOperation = (labelOf: LabelOf, { document, operationName }: Asked, beganMs: number): Ended => {
  return (outcome) => {
    const label = labelOf(document, operationName);
    if (label !== null) SIGNALS.operationEnded.tell({ ...label, outcome, tookMs: performance.now() - beganMs });
  };
};

/** Of a stream: that it has begun. */
export const outcomeOf = (result: unknown): OperationEnded['outcome'] =>
  (result as ExecutionResult | undefined)?.errors === undefined ? 'ok' : 'error';

/** Tells of the operations that Yoga runs. */
export const countOperations = (labelOf: LabelOf): Plugin => ({
  onExecute: ({ args }) => {
    const ended = beginOperation(labelOf, args, performance.now());
    return { onExecuteDone: ({ result }) => ended(outcomeOf(result)) };
  },
  onSubscribe: ({ args }) => {
    const ended = beginOperation(labelOf, args, performance.now());
    return { onSubscribeResult: ({ result }) => ended(outcomeOf(result)) };
  },
});
