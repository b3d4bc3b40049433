import type { ReactNode } from 'react';
import styles from './plain-table.module.css';

export interface PlainColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the end, so that their places are below each other. */
  readonly isNumber?: boolean;
  readonly isBad?: (row: Row) => boolean;
}

interface PlainTableProps<Row> {
  /** What it lists, for who does not see it. */
  readonly label: string;
  /** The first one names the row. */
  readonly columns: readonly PlainColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

const classOf = (isNumber: boolean, isBad: boolean): string =>
  `${isNumber ? styles['number'] : ''} ${isBad ? styles['bad'] : ''}`;

/** Rows that lead nowhere, to be read. Where the page is narrow, a row becomes a list of what its columns are. */
export const PlainTable = <Row,>({ label, columns, rows, keyOf }: PlainTableProps<Row>) => (
  <table className={styles['table']} aria-label={label}>
    <thead>
      <tr>
        {columns.map(({ title, isNumber = false }) => (
          <th key={title} scope="col" className={classOf(isNumber, false)}>
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={keyOf(row)}>
          {columns.map(({ title, cell, isNumber = false, isBad }, index) =>
            index === 0 ? (
              <th key={title} scope="row">
                {cell(row)}
              </th>
            ) : (
              <td key={title} data-title={title} className={classOf(isNumber, isBad?.(row) === true)}>
                {cell(row)}
              </td>
            ),
          )}
        </tr>
      ))}
    </tbody>
  </table>
);
