import { type Db, statement } from '../database/index.ts';
import { PARTITIONING } from './stored-events.ts';

/** Databases of which it is known. However few partitions get events, there are never fewer to be read. */
const divided = new WeakSet<Db>();

/** A row says how many partitions there were at most when it was read. */
export interface OfLayout {
  readonly most: number;
}

/** SQL: that number. */
export const MOST = `(select most from ${PARTITIONING})`;

const LAYOUT = statement<OfLayout>(`select ${MOST} as most`);

interface Reading<Row extends OfLayout> {
  /** Of the only partition. */
  readonly only: () => Promise<readonly Row[]>;
  readonly several: () => Promise<readonly Row[]>;
}

/**
 * Reads the event store as of one partition while there is no more: that costs what it did before there were any. What is read
 * says itself whether that was right; of nothing it is asked afterwards, for there are never fewer later.
 */
export const readDivided = async <Row extends OfLayout>(
  db: Db,
  { only, several }: Reading<Row>,
): Promise<readonly Row[]> => {
  if (!divided.has(db)) {
    const rows = await only();
    const [layout] = rows.length > 0 ? rows : await LAYOUT(db);
    if ((layout?.most ?? 1) === 1) return rows;
    divided.add(db);
  }
  return several();
};
