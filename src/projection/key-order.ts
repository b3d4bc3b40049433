import type { Table } from './read-model.ts';

/** Puts rows in the order of their keys: all who write them lock them in that order. */
export const inKeyOrder = <Row>({ key }: Pick<Table<Row>, 'key'>) => {
  const compare = (one: Row, other: Row): number => {
    for (const field of key) {
      if (one[field] < other[field]) return -1;
      if (one[field] > other[field]) return 1;
    }
    return 0;
  };
  return (rows: readonly Row[]): readonly Row[] => rows.toSorted(compare);
};
