import { perSecond, type Round, type Row, spreadOf } from '../measure/index.ts';
import type { Scale } from './scale.ts';
import { openWriters, writersName } from './store-writers.ts';

const WRITERS = [1, 2, 4] as const;

const rateOf = (rounds: readonly Round[]): number => perSecond(rounds).median;

const percentOf = (rounds: readonly Round[], figure: string): string =>
  `${(spreadOf(rounds.flatMap(({ figures }) => figures?.[figure] ?? [])).median * 100).toFixed(0)} %`;

/** What bound the store was its one writer, where more of them store more on the same PostgreSQL. */
export const s2 = ({ isQuick }: Scale): Row => ({
  id: 'S2',
  title: 'Events into the store of one PostgreSQL, by writers of a partition each',
  goal: 'two writers store more than one does, and wait for a lock for at most 10 % of their time',
  isOnlyByName: true,
  contestants: WRITERS.map((writers) => () => openWriters(writers, { isQuick })),
  judge: (results) => {
    const each = WRITERS.map((writers) => results.get(writersName(writers)) ?? []);
    const [one, two] = each.map(rateOf);
    const waited = spreadOf((each[1] ?? []).flatMap(({ figures }) => figures?.['lockShare'] ?? [])).median;
    const told = (rounds: readonly Round[], nth: number): string =>
      `${WRITERS[nth]}: ${rateOf(rounds).toFixed(0)}/s, waits for locks ${percentOf(rounds, 'lockShare')}, idle ${percentOf(rounds, 'idleShare')}`;
    return {
      measured: each.map(told).join('; '),
      limit: `${one?.toFixed(0)}/s with one writer`,
      ratio: (two ?? 0) / (one ?? 1),
      met: (two ?? 0) > (one ?? 0) && waited <= 0.1,
    };
  },
});
