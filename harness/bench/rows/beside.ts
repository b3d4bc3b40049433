import { type Round, spreadOf, systemCpuOf } from '../measure/index.ts';

/** What one needs of the other: the median of rounds that were each other's neighbours. */
export const beside = (mine: readonly Round[], others: readonly Round[]): number =>
  spreadOf(
    mine.flatMap((round, nth) => {
      const other = others[nth];
      return other === undefined ? [] : [systemCpuOf([round]).median / systemCpuOf([other]).median];
    }),
  ).median;
