import type { Db } from './open.ts';

/** The journals of panier, each a schema, and at home where nothing of the other may be. */
export const JOURNALS = ['write', 'saga'] as const;
export type JournalName = (typeof JOURNALS)[number];

/** Where somebody finds each journal. */
export type JournalDbs = Readonly<Record<JournalName, Db>>;
