import { memo, type ReactNode, type Ref } from 'react';
import { Link } from 'wouter';
import styles from './table.module.css';
import { useRowKeys } from './use-row-keys.ts';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the end, so that their places are below each other. */
  readonly align?: 'end';
  /** Where the page is narrow, its title stands before what is in it. */
  readonly isNamed?: boolean;
  /** Takes what room is left, on one line. */
  readonly isFilling?: boolean;
  /** Left out where there is no room for all. */
  readonly isMinor?: boolean;
}

export interface TableProps<Row> {
  /** What it lists, for who does not see it. */
  readonly label: string;
  /** The first one opens the row. The same array each time, lest all rows are drawn anew. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Where a row leads; with a ? at its beginning, on the same page. */
  readonly pathOf: (row: Row) => string;
  /** Which row is open beside the table. */
  readonly openKey?: string;
  readonly isBusy?: boolean;
  /** Rows that no longer are what was asked for, and stay where they are. */
  readonly isFaded?: (row: Row) => boolean;
  readonly ref?: Ref<HTMLTableElement>;
}

interface RowProps<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly path: string;
  readonly isOpen: boolean;
  readonly isFaded: boolean;
}

const classOf = <Row,>({ align, isNamed = false, isMinor = false, isFilling = false }: Column<Row>): string =>
  [
    align === 'end' && styles['end'],
    isNamed && styles['named'],
    isMinor && styles['minor'],
    isFilling && styles['filling'],
  ]
    .filter(Boolean)
    .join(' ');

const TableRow = <Row,>({ row, columns, path, isOpen, isFaded }: RowProps<Row>) => (
  <tr className={`${isOpen ? styles['open'] : ''} ${isFaded ? styles['faded'] : ''}`}>
    {columns.map((column, index) => (
      <td key={column.key} data-title={column.title} className={classOf(column)}>
        {index === 0 ? (
          <Link href={path} data-row="" aria-current={isOpen ? 'true' : undefined} className={styles['opener'] ?? ''}>
            {column.cell(row)}
          </Link>
        ) : (
          column.cell(row)
        )}
      </td>
    ))}
  </tr>
);

// Of a thousand rows, a burst of changes concerns a few.
const DrawnRow = memo(TableRow) as typeof TableRow;

/**
 * Rows of which each leads somewhere. Keys: j and k, or the arrows, go from row to row, Enter opens. Where the page is narrow, a
 * row becomes a card.
 */
export const Table = <Row,>(props: TableProps<Row>) => {
  const { label, columns, rows, keyOf, pathOf, openKey, isBusy = false, isFaded, ref } = props;
  const keys = useRowKeys();
  return (
    <div ref={keys} className={`${styles['frame']} ${isBusy ? styles['busy'] : ''}`}>
      <table ref={ref} className={styles['table']} aria-busy={isBusy}>
        <caption>{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <DrawnRow
              key={keyOf(row)}
              row={row}
              columns={columns}
              path={pathOf(row)}
              isOpen={openKey === keyOf(row)}
              isFaded={isFaded?.(row) === true}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
};
