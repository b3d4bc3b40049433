/** What Node.js, and libraries as it does, call an error by, `ECONNREFUSED`; empty when it has no such name. */
export const errorCodeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
