import { SIGNALS } from '../../platform/index.ts';
import type { Changed } from './counts.ts';
import { customersTurnMs } from './customers-turn.ts';
import { happenedTo, without } from './happened.ts';

/** Tells of the orders that came to their end by these changes. */
export const tellEnds = (orders: readonly Changed[]): void => {
  for (const { before, after } of orders)
    for (const { what, tookMs } of without(happenedTo(after), before === undefined ? [] : happenedTo(before)))
      if (what !== 'CREATED') {
        const activeMs = Math.max(0, tookMs - customersTurnMs(after.facts));
        SIGNALS.sagaEnded.tell({ outcome: what, tookMs, activeMs });
      }
};
