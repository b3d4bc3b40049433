import type { JsonObject } from './json.ts';
import type { JsonSchema } from './json-schema.ts';

/** The kind of a method that was referred to before events said kinds. */
const UNKNOWN_KIND = 'UNKNOWN';

/** Where version 1 of OrderCreated and PaymentRequested held a reference to the payment method. */
const REFERENCE = 'payment_method';

/** The data of an event as it may be shown: without a reference to a payment method, with which its owner could be charged. */
export const shownData = (data: JsonObject): JsonObject => {
  if (!Object.hasOwn(data, REFERENCE)) return data;
  const { [REFERENCE]: _reference, ...shown } = data;
  return shown;
};

/** Version 1 to version 2 of OrderCreated and PaymentRequested: that there is a method stays, which one it is does not (ADR-051). */
const withoutReference = (data: JsonObject): JsonObject => {
  if (!Object.hasOwn(data, REFERENCE) || Object.hasOwn(data, 'method_kind')) return data;
  return { ...shownData(data), method_kind: data[REFERENCE] === null ? null : UNKNOWN_KIND };
};

/** Whatever the reference was, it is not read. */
const withReference = (second: JsonSchema): JsonSchema => ({
  ...second,
  properties: { ...second.properties, [REFERENCE]: {} },
});

export const WITHOUT_REFERENCE = { upcast: withoutReference, first: withReference } as const;
