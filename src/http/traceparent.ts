/** Ids of zeros, and version ff, are none: what is made of them would be a new trace at each place that goes on with it. */
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

/** A W3C trace context, or null when the header holds none. Source: w3.org/TR/trace-context. */
export const traceparentOf = (header: unknown): string | null =>
  typeof header === 'string' && TRACEPARENT.test(header) ? header : null;
