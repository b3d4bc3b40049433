import type { Row } from '../measure/index.ts';
import { openCommands, requestsToShop } from './add-items.ts';
import { httpContestant } from './http-contestant.ts';
import type { Scale } from './scale.ts';
import { judgeWatched, WATCHED_GOAL, WATCHED_WARM_UP_SECONDS, watchedContestants } from './watched-by.ts';

export const t1 = ({ isQuick }: Scale): Row => {
  // More than for P1: a cart takes a thousand changes, and small differences need many rounds.
  const carts = { carts: isQuick ? 50 : 2_000, inFlight: 32 };
  return {
    id: 'T1',
    title: 'What metrics and traces add to a durable addCartItem (P1)',
    goal: WATCHED_GOAL,
    isOnlyByName: true,
    warmUpSeconds: WATCHED_WARM_UP_SECONDS,
    contestants: watchedContestants((name, settings) =>
      httpContestant(name, () => openCommands('gateway apart', 'settled', settings), requestsToShop(carts)),
    ),
    judge: judgeWatched,
  };
};
