export * from './catalogue.ts';
export { DecodeError, timeOf } from './codec.ts';
export { type ConsistencyPoint, decodeConsistencyToken, encodeConsistencyToken } from './consistency-token.ts';
export {
  decodeEntry,
  decodeEvent,
  type Envelope,
  encodeData,
  encodeEntry,
  MAX_DATA_LENGTH,
  type Recorded,
} from './envelope.ts';
export { type IdKind, isId, kindOf, newId } from './ids.ts';
export type { Json, JsonObject } from './json.ts';
export {
  type Currency,
  type Decimal,
  isCurrency,
  MAX_PRICE_MINOR,
  recordedMinor,
  toDecimal,
  toMinor,
} from './money.ts';
export {
  type Fact,
  failureOf,
  isFinal,
  isPaid,
  learn,
  linesHeld,
  NOTHING_KNOWN,
  type OrderFacts,
  type OrderFailure,
  type OrderFailureReason,
  type OrderStatus,
  paidMinor,
  reservationExpiresAt,
  statusOf,
  totalMinor,
} from './order-lifecycle.ts';
export { PRODUCERS } from './producers.ts';
export { readable, readableText } from './readable.ts';
export type { Rejection, RejectionCode } from './rejection.ts';
export {
  EVENT_COLUMN_COUNT,
  EVENT_COLUMN_NAMES,
  type EventRow,
  envelopeOf,
  eventArrayParameters,
  eventArrays,
  recordedOf,
} from './row.ts';
export { countPart, idPart, instantPart, positionPart, type Token, tokenOf } from './token.ts';
