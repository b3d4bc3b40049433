import { type RawBuilder, sql } from 'kysely';

/**
 * The text of a column as pages are ordered by it and lie behind or before it: by code points. The database's own order may be any
 * other, and two that ask in different orders leave rows out, or give them twice.
 */
export const byCodePoints = (column: string): RawBuilder<string> => sql<string>`${sql.ref(column)} collate "C"`;
