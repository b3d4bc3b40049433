/** A new idempotencyKey, for one intent and its retries. Not crypto.randomUUID: that is there by https and on localhost alone. */
export const intentKey = (): string =>
  crypto.getRandomValues(new Uint8Array(16)).reduce((key, byte) => key + byte.toString(16).padStart(2, '0'), 'page_');
