export { asyncApi } from './async-api.ts';
export * from './catalogue.ts';
export { binaryMessage, type CloudEvent, cloudEventOf, type HttpMessage, structuredMessage } from './cloud-event.ts';
export { DecodeError, isWord, timeOf } from './codec.ts';
export { type ConsistencyPoint, decodeConsistencyToken, encodeConsistencyToken } from './consistency-token.ts';
export { type Contradiction, type Contradictions, contradictionsOf } from './contradictions.ts';
export { CUSTOMER_ID_ALLOWED, CUSTOMER_ID_LENGTH, isCustomerId } from './customer-id.ts';
export {
  decodeEntry,
  decodeEvent,
  type Envelope,
  encodeData,
  encodeEntry,
  MAX_DATA_LENGTH,
  type Recorded,
} from './envelope.ts';
export { EVENT_VERSIONS, type EventVersion, eventSchemas } from './event-schemas.ts';
export {
  type CartId,
  type DeadLetterId,
  ID_PREFIXES,
  type IdKind,
  type IdOf,
  idPattern,
  isId,
  kindOf,
  newId,
  type OrderId,
  type ProductId,
  parseId,
  type VisitId,
} from './ids.ts';
export { ISO_4217_PUBLISHED } from './iso-4217.ts';
export { itemNameOf, shownItemId } from './item-id.ts';
export type { Json, JsonObject } from './json.ts';
export { type Definitions, type JsonSchema, takesNull } from './json-schema.ts';
export { fixedLayout, type Layout } from './layout.ts';
export { ENVELOPE_MEANINGS, EVENT_MEANINGS, FIELD_MEANINGS } from './meanings.ts';
export {
  CURRENCIES,
  type Currency,
  type Decimal,
  isCurrency,
  MAX_PRICE_MINOR,
  recordedMinor,
  toDecimal,
  toMinor,
} from './money.ts';
export { envelop, type NewEvent, type Writer } from './new-event.ts';
export { type Fact, learn, NOTHING_KNOWN, type OrderFacts, paymentIn } from './order-facts.ts';
export { type OrderFailure, type OrderFailureReason, reasonFromReport } from './order-failure.ts';
export { isRefunded } from './order-money.ts';
export { type PaymentStatus, paymentStatusOf } from './order-payment.ts';
export {
  type AllocationFacts,
  type Held,
  heldOf,
  isChargeOpen,
  type OrderReading,
  orderStatusOf,
  readOrder,
  reservationExpiresAt,
  type Waiting,
} from './order-reading.ts';
export { isFinal, type OrderStatus } from './order-status.ts';
export { keyOfOwner, type Owner, ownerKey, type Reach, reachedOwner, reaches } from './owner.ts';
export {
  keyBeside,
  MAX_PARTITIONS,
  type Partitioning,
  partitionKey,
  partitionOf,
  streamKey,
  streamKeys,
  streamOfKey,
  UNPARTITIONED,
} from './partitions.ts';
export { shownData } from './payment-method.ts';
export {
  furthest,
  hasSeen,
  movedTo,
  NO_POSITIONS,
  type Place,
  type Positions,
  positionIn,
  positionsIn,
  positionsText,
} from './positions.ts';
export { PRODUCERS } from './producers.ts';
export { readable, readableText } from './readable.ts';
export type { Allowed, Rejection, RejectionCode } from './rejection.ts';
export {
  EVENT_COLUMN_COUNT,
  EVENT_COLUMN_NAMES,
  type EventRow,
  envelopeOf,
  eventArrayParameters,
  eventArrays,
  eventColumns,
  recordedOf,
} from './row.ts';
export { type Seal, sealBy } from './seal.ts';
export { isBelieved, isOwners, SOLE_SPEAKERS, speakerOf } from './testimony.ts';
export { areWellFormedLines, compareCodePoints, fitsInto, isVisibleText, isWellFormedText, shownText } from './text.ts';
export { countPart, idPart, instantPart, positionPart, type Token, type TokenPart, tokenOf } from './token.ts';
export {
  firstVerdict,
  ORDER_OVER,
  type Outcome,
  outcomeOf,
  PAYMENT_EXPIRED,
  type StockState,
  type Verdict,
  verdictIn,
} from './verdict.ts';
