/** What of the event store is asked. */
export interface EventCursors {
  /** Of the first event that occurred at that time or later; null: there is none. */
  readonly firstSince: (instant: string) => Promise<string | null>;
  /** Of the event in front of that one, null: of the newest. Null: there is none. */
  readonly before: (cursor: string | null) => Promise<string | null>;
}

/**
 * Behind which cursor lies every event that occurred at that time or later; null: in front of all. The store's order is not that of
 * the times: behind the last of the earlier ones, some of the later would be passed over.
 */
export const cursorSince = async ({ firstSince, before }: EventCursors, instant: string): Promise<string | null> => {
  // The newest first: an event that comes between the two answers would be passed over.
  const newest = await before(null);
  const first = await firstSince(instant);
  return first === null ? newest : before(first);
};
