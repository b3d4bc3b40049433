import DataLoader from 'dataloader';
import { atEndOfTurn } from '../platform/index.ts';

/** While the database answers one batch, the other is put together or taken apart. */
const MAX_UNDER_WAY = 2;

/**
 * Asks for all who ask in one turn of the event loop; and who comes while two batches are under way waits for one of them, with
 * all who come meanwhile. No timer: one alone waits for nothing. Each asks anew: nothing is kept.
 */
export const askTogether = <Q, V>(
  ask: (questions: readonly Q[]) => Promise<readonly (V | Error)[]>,
  maxAtOnce: number,
): ((question: Q) => Promise<V>) => {
  let underWay = 0;
  const waiting: (() => void)[] = [];
  const askNow = async (questions: readonly Q[]): Promise<readonly (V | Error)[]> => {
    underWay += 1;
    try {
      return await ask(questions);
    } finally {
      underWay -= 1;
      waiting.shift()?.();
    }
  };
  const whenDue = (dispatch: () => void): void => {
    if (underWay < MAX_UNDER_WAY) dispatch();
    else waiting.push(dispatch);
  };
  const loader = new DataLoader(askNow, {
    cache: false,
    maxBatchSize: maxAtOnce,
    batchScheduleFn: (dispatch) => atEndOfTurn(() => whenDue(dispatch)),
  });
  return (question) => loader.load(question);
};
