/** What a writer of the event store is asked for: to open what it needs; then, round by round, for what waits for it. */
export type Question =
  | {
      readonly type: 'prepare';
      readonly databaseUrl: string;
      readonly redisUrl: string;
      readonly streams: readonly string[];
      readonly name: string;
    }
  /** Resolves when so many events are stored. */
  | { readonly type: 'store'; readonly events: number };

/** As its sessions are named in `pg_stat_activity`, behind panier's own name. */
export const WRITER = 'store writer';
