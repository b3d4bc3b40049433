import type { Reach } from '../../events/index.ts';

export type { CommandContext } from '../../commands/index.ts';

/** Who commands, and what they go by. */
export interface Commander {
  /** Which carts and orders they may touch. */
  readonly reach: Reach;
  /** The customer who comes in a visitor's stead: they have claimed the visit. */
  readonly inNameOf?: string;
  /** The cart must be at this version; null: at any. */
  readonly expectedVersion?: number | null;
}
