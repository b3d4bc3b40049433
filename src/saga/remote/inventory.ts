import type { Call, CallOutcome } from './intent.ts';

/** An inventory elsewhere, as one process reaches it. */
export interface Inventory {
  /**
   * Makes a call, under its own key: made again, it has the same effect, once. An abort leaves it unknown. Never rejects.
   * `cause`: what brings it about, as W3C trace context.
   */
  readonly call: (call: Call, signal: AbortSignal, cause?: string | null) => Promise<CallOutcome>;
}
