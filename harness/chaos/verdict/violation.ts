import type { Evidence } from './evidence.ts';
import type { Event } from './records.ts';

/** Something that must never be, and the events that show it. */
export interface Violation {
  /** As failures.md numbers it. */
  readonly invariant: string;
  readonly subject: string;
  readonly message: string;
  readonly trail: readonly string[];
}

export type Check = (evidence: Evidence) => readonly Violation[];

const MAX_TRAIL = 16;

const describe = ({ position, type, version, producer, event_id, data }: Event): string =>
  `${position} ${type} v${version} ${producer} ${event_id} ${JSON.stringify(data).slice(0, 200)}`;

/** The last events that tell of something, in event-store order. */
export const trailOf = (events: readonly Event[]): readonly string[] => events.slice(-MAX_TRAIL).map(describe);

/** A violation about one aggregate, with that aggregate's events as its trail. */
export const violationOf = (
  { byAggregate }: Evidence,
  [invariant, subject, message]: readonly [invariant: string, subject: string, message: string],
): Violation => ({ invariant, subject, message, trail: trailOf(byAggregate.get(subject) ?? []) });
