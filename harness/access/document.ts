import { accessTable } from './table.ts';

const TABLE = /(?<=\n\n)\| operation \|[^]*?(?=\n\n|\n$)/;

/** The document with the table as the code has it. */
export const documentWith = (document: string): string => document.replace(TABLE, accessTable());
