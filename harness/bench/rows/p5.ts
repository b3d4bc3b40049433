import { openBareInsert, openBareRead } from '../limits/bare-store.ts';
import { perSecond, type Row } from '../measure/index.ts';
import { openLive, openRebuild } from './p5-projector.ts';

const GOAL_LIVE = 10_000;
const GOAL_REBUILD = 30_000;
const REBUILT = { full: 100_000, quick: 2_000 } as const;

const LIVE = 'panier, live';
const REBUILD = 'panier, rebuild';
const INSERT = 'bare insert, 500 a statement';
const READ = 'bare read, 5,000 at once';

export const p5 = ({ isQuick }: { readonly isQuick: boolean }): Row => {
  const count = isQuick ? REBUILT.quick : REBUILT.full;
  return {
    id: 'P5',
    title: `Projector: live from the streams, and a rebuild of ${count.toLocaleString('en')} events`,
    goal: `≥ ${GOAL_LIVE.toLocaleString('en')} events/s live, ≥ ${GOAL_REBUILD.toLocaleString('en')} rebuilding`,
    contestants: [
      () => openLive(LIVE),
      () => openRebuild(REBUILD, count),
      () => openBareInsert(INSERT),
      () => openBareRead(READ, count),
    ],
    judge: (results) => {
      const rate = (name: string): number => perSecond(results.get(name) ?? []).median;
      const [live, rebuilt, insert, read] = [rate(LIVE), rate(REBUILD), rate(INSERT), rate(READ)];
      return {
        measured: `${live.toFixed(0)} events/s live, ${rebuilt.toFixed(0)} rebuilding`,
        limit: `${insert.toFixed(0)} /s insert, ${read.toFixed(0)} read`,
        ratio: live / insert,
        met: live >= GOAL_LIVE && rebuilt >= GOAL_REBUILD,
      };
    },
  };
};
