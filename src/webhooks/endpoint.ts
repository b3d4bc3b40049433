import {
  movedTo,
  NO_POSITIONS,
  type Place,
  type Positions,
  positionIn,
  positionsIn,
  positionsText,
} from '../events/index.ts';
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
export interface Owed extends Place {
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
  readonly cursor: Positions;
  /** RFC 3339, UTC; null when nothing waits for another attempt. */
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
}

interface OwedJson {
  readonly position: string;
  /** Not said where it is the first: what is owed since before there were several says none. */
  readonly partition?: number;
  readonly attempts: number;
  readonly since: string | null;
}

const jsonOf = ({ partition, position, ...rest }: Owed): OwedJson => ({
  position: String(position),
  ...(partition === 0 ? {} : { partition }),
  ...rest,
});

export const owedText = (owed: readonly Owed[]): string => JSON.stringify(owed.map(jsonOf));

export const owedOf = (json: object): readonly Owed[] =>
  (json as readonly OwedJson[]).map(({ partition = 0, position, ...rest }) => ({
    partition,
    position: BigInt(position),
    ...rest,
  }));

/** Up to where everything is delivered. */
export const deliveredTo = (head: Positions, owed: readonly Owed[]): Positions => {
  const delivered = new Map(head);
  for (const { partition, position } of owed)
    if (position <= positionIn(delivered, partition)) delivered.set(partition, position - 1n);
  return new Map([...delivered].filter(([, position]) => position > 0n));
};

/** As the two columns of an endpoint have it: of the first partition, and of the others. */
export interface HeadColumns {
  readonly head: string;
  readonly other_heads: string;
}

export const headColumns = (head: Positions): HeadColumns => ({
  head: String(positionIn(head, 0)),
  other_heads: positionsText(movedTo(head, { partition: 0, position: 0n })),
});

export const headOf = ({ head, other_heads: others }: HeadColumns): Positions =>
  movedTo(positionsIn(others) ?? NO_POSITIONS, { partition: 0, position: BigInt(head) });
