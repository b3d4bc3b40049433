import { type Contestant, type Round, type RowResult, runRow } from '../measure/index.ts';

export type CurveName = 'size' | 'rebuild' | 'history' | 'concurrency';

/** One operation at one place of a curve, and at the curve's first place in the same run, by turns. */
export interface Point {
  readonly curve: CurveName;
  readonly operation: string;
  /** Events, changes of a cart, or requests in flight; `first` is that of the curve's first place. */
  readonly x: number;
  readonly first: number;
  readonly here: readonly Round[];
  readonly there: readonly Round[];
  readonly stolenShare: number;
}

export interface Pace {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly say: (line: string) => void;
}

type Open = (name: string) => Promise<Contestant>;

export interface Place {
  readonly x: number;
  readonly open: Open;
}

export interface Measured {
  readonly curve: CurveName;
  readonly operation: string;
  readonly here: Place;
  readonly first: Place;
}

const HERE = 'here';
const FIRST = 'first';

const pointOf = ({ curve, operation, here, first }: Measured, { results, stolenShare }: RowResult): Point => ({
  curve,
  operation,
  x: here.x,
  first: first.x,
  here: results.get(HERE) ?? [],
  there: results.get(FIRST) ?? [],
  stolenShare,
});

/** Measures a place of a curve and its first place by turns. @throws when what was done there is not right */
export const measurePoint = async (measured: Measured, pace: Pace): Promise<Point> => {
  const { curve, operation, here, first } = measured;
  const row = {
    id: `${curve} ${here.x.toLocaleString('en-US')}  ${operation}`,
    title: operation,
    goal: '–',
    contestants: [() => here.open(HERE), () => first.open(FIRST)],
    judge: () => ({ measured: '–', limit: '–', ratio: null, met: true }),
  };
  return pointOf(measured, await runRow(row, pace));
};
