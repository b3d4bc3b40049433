import type { MemoryBus } from '../memory/bus.ts';
import type { MemoryDatabase } from '../memory/database.ts';
import type { InventoryLedger } from '../memory/inventory.ts';
import type { ProviderLedger } from '../memory/provider.ts';
import type { History } from '../shop/history.ts';
import type { Foreign, OrderStory, Told } from './told.ts';

/** Something that must never be, and whom it concerns. */
export interface Violation {
  readonly rule: string;
  readonly what: string;
  /** The order, cart or product whose events tell the story. */
  readonly aggregateId?: string;
}

/** All that is left when everything has come to rest. */
export interface Ended {
  readonly database: MemoryDatabase;
  readonly bus: MemoryBus;
  readonly provider: ProviderLedger;
  /** The shop's own inventory, whether or not orders take from it. */
  readonly inventory: InventoryLedger;
  readonly history: History;
  /** The ids of the events that a follower of the event store saw. */
  readonly followed: ReadonlySet<string>;
  readonly told: readonly Told[];
  readonly orders: readonly OrderStory[];
  /** What services that are not panier's said, as the event store has it. */
  readonly foreign: readonly Foreign[];
}

export type Rule = (ended: Ended) => readonly Violation[];
