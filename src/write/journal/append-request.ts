import type { Envelope, Json } from '../../events/index.ts';
import type { Span } from '../../platform/index.ts';
import type { KeptMethod } from '../payment/kept-methods.ts';

/** An event to be kept under an aggregate: one of ours, to be published, or one received from another service. */
export interface Entry {
  /** `occurredAt` of an own event is not yet known: the database's clock sets it. */
  readonly envelope: Envelope;
  readonly sequence: number;
  readonly received: boolean;
}

/** The aggregate is at this sequence, or the request is not appended. */
export interface Head {
  readonly aggregateId: string;
  readonly expectedSequence: number;
}

/** Work for later, timed by the database's clock. One for each kind and order. */
export interface Task {
  readonly kind: string;
  readonly orderId: string;
  /** `takenForMs`: whoever writes it has taken it on; it is due for others after that. */
  readonly due: { readonly afterMs: number } | { readonly at: string } | { readonly takenForMs: number };
  readonly payload: Readonly<Record<string, Json>>;
}

export type TaskKey = Pick<Task, 'kind' | 'orderId'>;

export interface IdempotencyRecord {
  readonly key: string;
  readonly requestHash: string;
  /** Kept as JSON. */
  readonly result: object;
}

/** All that one command writes: appended whole, or not at all. */
export interface AppendRequest {
  readonly heads: readonly Head[];
  readonly entries: readonly Entry[];
  readonly idempotency: IdempotencyRecord | null;
  readonly schedule: readonly Task[];
  readonly unschedule: readonly TaskKey[];
  /** Payment methods to be kept, and those of orders that need theirs no more. */
  readonly methods: { readonly keep: readonly KeptMethod[]; readonly forget: readonly string[] };
  /** Of whoever waits for it, where that is traced. */
  readonly span?: Span | undefined;
}

export type AppendOutcome =
  /** Durable. `occurredAt` (RFC 3339) is the time of its own events. */
  | { readonly type: 'Appended'; readonly occurredAt: string }
  /** The idempotency key was used before: nothing was written. */
  | { readonly type: 'Repeated'; readonly requestHash: string; readonly result: object }
  /** An aggregate has moved on: nothing was written; load and decide again. */
  | { readonly type: 'Overtaken' };
