import type { DocumentNode, ExecutionArgs, ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type OperationEnded, SIGNALS } from '../../platform/index.ts';
import type { LabelOf } from './operation-name.ts';
import { tracedRun } from './trace-operation.ts';

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

/** Tells of the operations that Yoga runs, and has them traced. */
export const countOperations = (labelOf: LabelOf): Plugin => ({
  onExecute: ({ args, executeFn, setExecuteFn }) => {
    const ended = beginOperation(labelOf, args, performance.now());
    setExecuteFn((asked: ExecutionArgs) => tracedRun<unknown>(labelOf, asked, executeFn));
    return { onExecuteDone: ({ result }) => ended(outcomeOf(result)) };
  },
  onSubscribe: ({ args, subscribeFn, setSubscribeFn }) => {
    const ended = beginOperation(labelOf, args, performance.now());
    setSubscribeFn((asked: ExecutionArgs) => tracedRun<unknown>(labelOf, asked, subscribeFn));
    return { onSubscribeResult: ({ result }) => ended(outcomeOf(result)) };
  },
});
