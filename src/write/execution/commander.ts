export type { CommandContext } from '../../commands/index.ts';

/** Who commands, and what they go by. */
export interface Commander {
  /** This customer, who may touch only what is theirs; null: an operator. */
  readonly customerId: string | null;
  /** The cart must be at this version; null: at any. */
  readonly expectedVersion?: number | null;
}

/** Whether one who commands may touch what belongs to `ownerId`. What belongs to nobody is protected by its unguessable id. */
export const mayTouch = ({ customerId }: Commander, ownerId: string | null): boolean =>
  customerId === null || ownerId === null || ownerId === customerId;
