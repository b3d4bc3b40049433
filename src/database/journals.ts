/** The journals of panier, each a schema of the database. */
export const JOURNALS = ['write', 'saga'] as const;
export type JournalName = (typeof JOURNALS)[number];
