import type { Row } from '../measure/index.ts';
import type { Scale } from './scale.ts';
import { judgeWatched, WATCHED_GOAL, WATCHED_WARM_UP_SECONDS, watchedContestants } from './watched-by.ts';
import { openCheckouts } from './whole-checkouts.ts';

export const t6 = ({ isQuick }: Scale): Row => ({
  id: 'T6',
  title: 'What metrics and traces add to a whole checkout (P6)',
  goal: WATCHED_GOAL,
  isOnlyByName: true,
  warmUpSeconds: WATCHED_WARM_UP_SECONDS,
  contestants: watchedContestants((name, settings) =>
    openCheckouts(name, { topology: 'gateway apart', inFlight: isQuick ? 8 : 64, isCeilingOnly: true, settings }),
  ),
  judge: judgeWatched,
});
