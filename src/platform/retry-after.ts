const SECOND_MS = 1_000;

/**
 * For how long `Retry-After` asks to be left alone, `maxMs` at most; null when it does not say. Seconds alone: a date is by
 * another's clock. Source: RFC 9110, section 10.2.3.
 */
export const retryAfterMs = (header: string | null | undefined, maxMs: number): number | null =>
  typeof header === 'string' && /^\d{1,9}$/.test(header) ? Math.min(Number(header) * SECOND_MS, maxMs) : null;
