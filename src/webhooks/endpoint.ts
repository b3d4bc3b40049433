import type { Failure } from './outcome.ts';

/** Everything in the body, or the data alone and the rest in headers; after CloudEvents. */
export type WebhookFormat = 'STRUCTURED' | 'BINARY';

/** `PAUSED`: it took nothing for too long. `DISABLED`: it said that it wants nothing more. */
export type WebhookStatus = 'ACTIVE' | 'PAUSED' | 'DISABLED';

/** What went wrong last; it stays known when all is well again. */
export interface LastFailure extends Failure {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly eventId: string;
}

/** An event at or below the head that is not delivered. `since`: it fails since then, RFC 3339; null: it did not fail. */
export interface Owed {
  readonly position: bigint;
  readonly attempts: number;
  readonly since: string | null;
}

/** Where events are sent to, and how that goes. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /** Null: all. */
  readonly eventTypes: readonly string[] | null;
  readonly format: WebhookFormat;
  readonly status: WebhookStatus;
  readonly lastFailure: LastFailure | null;
  /** Everything up to here that concerns it is delivered. */
  readonly cursor: bigint;
  /** RFC 3339, UTC; null when nothing waits for another attempt. */
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
}

interface OwedJson {
  readonly position: string;
  readonly attempts: number;
  readonly since: string | null;
}

export const owedText = (owed: readonly Owed[]): string =>
  JSON.stringify(owed.map(({ position, ...rest }): OwedJson => ({ position: String(position), ...rest })));

export const owedOf = (json: object): readonly Owed[] =>
  (json as readonly OwedJson[]).map(({ position, ...rest }) => ({ position: BigInt(position), ...rest }));
