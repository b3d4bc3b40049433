import type { Reach } from '../events/index.ts';
import type { Deadline } from '../platform/index.ts';

/** An event that a command has written. */
export interface WrittenEvent {
  readonly eventId: string;
  readonly aggregateId: string;
}

/** What comes with a command besides its input. */
export interface CommandContext {
  readonly idempotencyKey: string | null;
  /** The cart must be at this version; null: at any. */
  readonly expectedVersion?: number | null;
  /** W3C trace context. */
  readonly traceparent: string | null;
  /** Which carts and orders whoever commands may touch. */
  readonly reach: Reach;
  /** Who commands, where the reach is not one owner's: keys are theirs alone. Left out by panier itself. */
  readonly subject?: string | null;
  /** By when whoever commands is answered; without one, whenever. */
  readonly deadline?: Deadline;
  /** Told what the command wrote, once that is durable. */
  readonly onWritten?: (events: readonly WrittenEvent[]) => void;
}
