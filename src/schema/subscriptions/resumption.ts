import { withoutMark } from '../../access/index.ts';

/** How a client of an event stream takes a subscription up again after a disconnection, beside its arguments. */
export interface Resumption {
  /** The cursor that its Last-Event-ID says; null where there is none, and in every other lane. */
  readonly lastEventId: string | null;
  /** Behind which update it goes on when it has what was sent so far; null for what begins with the newest state again. */
  cursor: string | null;
}

/** From where a subscription goes on: an EventSource repeats its URL, with the `after` of its beginning. */
export const resumedFrom = ({ lastEventId }: Resumption, after: string | null | undefined): string | null =>
  lastEventId ?? (after == null ? null : withoutMark(after));
