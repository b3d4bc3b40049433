import type { Deadline } from '../platform/index.ts';

/** What comes with a command besides its input. */
export interface CommandContext {
  readonly idempotencyKey: string | null;
  /** The cart must be at this version; null: at any. */
  readonly expectedVersion?: number | null;
  /** W3C trace context. */
  readonly traceparent: string | null;
  /** Who commands: this customer, who may touch only what is theirs; null: an operator. */
  readonly customerId: string | null;
  /** By when whoever commands is answered; without one, whenever. */
  readonly deadline?: Deadline;
}
