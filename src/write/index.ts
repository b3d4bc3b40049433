import { PRODUCERS, STREAMS } from '../events/index.ts';

export type { CartSnapshot } from './cart/cart-snapshot.ts';
export type { LineChange } from './cart/reorder.ts';
export type { Reordered } from './cart/reorder-command.ts';
export type { CatalogueEntry, StockedEntry } from './catalogue/catalogue-entry.ts';
export type { StockOf } from './catalogue/stock-of.ts';
export type { Commands } from './commands.ts';
export type { CommandContext } from './execution/commander.ts';
export type { AppendRequest, Task } from './journal/append-request.ts';
export type { AppendRow } from './journal/append-statement.ts';
export { appendBatchTo, type GroupCommit, openJournal } from './journal/group-commit.ts';
export type { Journaled, Wanted } from './journal/load.ts';
export type { FoundCart } from './journal/open-carts.ts';
export { assembleWrite, openWrite, type Write } from './open-write.ts';
export { type DeadLetters, type Operations, openDeadLetters } from './operations/dead-letter-commands.ts';
export type { SettledLetter } from './operations/settled-letter.ts';
export type { OrderSnapshot } from './order/order-snapshot.ts';
export { isOthersWord, lackedByWrite, WRITE_MAY_LACK } from './order/reactions.ts';
export {
  type CancelRequest,
  type ChargeRequest,
  type ChargeResult,
  type NextAction,
  type Notices,
  type OpenProvider,
  type PaymentProvider,
  type ProviderSettings,
  ProviderUnreachable,
  type Receipt,
  type RefundRequest,
  type Tell,
} from './payment/provider.ts';
export { paymentProviderNames, paymentProviderOf } from './payment/providers.ts';
export { authenticateSimulated, openSimulatedProvider } from './payment/simulated-provider.ts';
export type { ClaimedTask } from './tasks/task-store.ts';
export type { ClaimedCarts } from './visit/claim-carts.ts';
export { postgresWriteStore, type WriteStore } from './write-store.ts';

/** The consumer group in which the write side receives what became of stock and of payments made elsewhere. */
export const WRITE_GROUP = PRODUCERS.api;
export const WRITE_STREAMS = [STREAMS.orders, STREAMS.payments] as const;
