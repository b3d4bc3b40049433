export { type ForeignInventory, startForeignInventory } from './foreign-inventory.ts';
export type { Change, Ending, Entry } from './records.ts';
export type { TroubleKind, Troubles } from './trouble.ts';
