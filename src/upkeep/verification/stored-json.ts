import { fixed } from './check.ts';

/** JSON of a table, made readable: a look into it as it stands is an error, should it hold text that is none. */
const readable = (column: string) => fixed(`public.panier_readable(${column})`);

export const DATA = readable('data');
export const FACTS = readable('facts');
export const dataOf = (table: string) => readable(`${table}.data`);
