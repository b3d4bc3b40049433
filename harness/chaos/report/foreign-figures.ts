import type { Entry } from '../../inventory/index.ts';

/** What an inventory elsewhere was asked, and what happened to it. */
export interface ForeignFigures {
  readonly taken: number;
  readonly givenBack: number;
  /** Calls for more than there was. */
  readonly refused: number;
  /** The same call under the same key again. */
  readonly repeated: number;
  /** Calls that were lost, late, doubled, refused, failed or garbled. */
  readonly troubled: number;
}

const changed = (history: readonly Entry[], direction: string): number =>
  history.filter(
    (entry) => entry.type === 'Answered' && entry.ending.type === 'Changed' && entry.change.direction === direction,
  ).length;

export const foreignFiguresOf = (history: readonly Entry[]): ForeignFigures => ({
  taken: changed(history, 'reduce'),
  givenBack: changed(history, 'increase'),
  refused: history.filter((entry) => entry.type === 'Answered' && entry.ending.type === 'Short').length,
  repeated: history.filter(({ type }) => type === 'Repeated').length,
  troubled: history.filter(({ type }) => type === 'Troubled').length,
});

/** What an inventory elsewhere has to have seen, or the run tells nothing of it. */
export const foreignLacks = (figures: ForeignFigures | null): readonly string[] => {
  if (figures === null) return [];
  const { givenBack, refused, repeated } = figures;
  return [
    ...(givenBack === 0 ? ['nothing went back to the inventory'] : []),
    ...(refused === 0 ? ['the inventory refused nothing'] : []),
    ...(repeated === 0 ? ['the inventory was asked nothing again'] : []),
  ];
};
