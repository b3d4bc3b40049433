import type { PaymentEvent } from './payments.ts';

/** What a page that is left open for a day may keep. */
const MOST = 2_000;

export interface KeptEvents {
  /** In the order of the store, each once. */
  readonly events: readonly PaymentEvent[];
  /** Before which cursor there are more; null: there are none, or they were let go. */
  readonly before: string | null;
}

export const NO_EVENTS: KeptEvents = { events: [], before: null };

/** With those that came just now; the oldest are let go. */
export const withLater = ({ events, before }: KeptEvents, later: readonly PaymentEvent[]): KeptEvents => {
  const known = new Set(events.map(({ eventId }) => eventId));
  const all = [...events, ...later.filter(({ eventId }) => !known.has(eventId))];
  return all.length > MOST ? { events: all.slice(-MOST), before: null } : { events: all, before };
};

/** With a page of those before them. */
export const withEarlier = (
  { events }: KeptEvents,
  earlier: readonly PaymentEvent[],
  before: string | null,
): KeptEvents => ({
  events: [...earlier, ...events],
  before: events.length + earlier.length >= MOST ? null : before,
});
