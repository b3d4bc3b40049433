import { PRODUCERS, STREAMS, type Stream } from '../events/index.ts';

export { isReceived } from './apply.ts';
export type { Adjusted, Describe } from './change-stock.ts';
export type { Adjustment, CallsDue, LockedRows, ReservationState } from './ledger.ts';
export type { ClaimedCalls, KeptAnswer, LedgerStore, LedgerTransaction, PutOff } from './ledger-store.ts';
export type { Moved, StockMove, StockRefusal } from './move-stock.ts';

export { postgresLedger } from './postgres-ledger.ts';
export { availabilityOf } from './remote/http-availability.ts';
export type { Call, CallOutcome } from './remote/intent.ts';
export type { Inventory } from './remote/inventory.ts';
export { placeOf } from './reservation.ts';
export { stateOf } from './reservation-row.ts';
export { assembleSaga, keeperOf, openSaga, remoteOf, type Saga, type SagaOptions } from './saga.ts';
export type { StockLevel } from './stock.ts';
export { SAGA_MAY_LACK } from './undelivered.ts';

/** The saga's consumer group on the bus. */
export const SAGA_GROUP = PRODUCERS.saga;
/** The streams that the saga reads. */
export const SAGA_STREAMS: readonly Stream[] = [STREAMS.orders, STREAMS.payments, STREAMS.inventory];
