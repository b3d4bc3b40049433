import { errorCodeOf, NonsenseReceived } from '../platform/index.ts';
import { FormerPrimary } from './lineage.ts';

const PASSING_CLASSES = ['08', '28', '53', '57', '58'];
/** The last: no right, read only, no such database. Others took it away, and may give it back. */
const PASSING_STATES = ['40001', '40P01', '55P03', '25P03', '25P04', '42501', '25006', '3D000'];
const PASSING_SYSTEM_ERRORS = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)/;
const PASSING_MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed|Query read timeout/;

/**
 * Whether PostgreSQL, or the way to it, failed in a manner that passes: connection lost or garbled, server starting or full, rights
 * taken away, a standby or a former primary in the primary's place, deadlock, serialization. The statement may have taken effect. Source: PostgreSQL, appendix A, error codes.
 */
export const isPassingDatabaseError = (error: unknown): boolean => {
  const code = errorCodeOf(error);
  if (error instanceof NonsenseReceived || error instanceof FormerPrimary) return true;
  if (PASSING_STATES.includes(code) || PASSING_SYSTEM_ERRORS.test(code)) return true;
  if (code.length === 5 && PASSING_CLASSES.includes(code.slice(0, 2))) return true;
  return error instanceof Error && PASSING_MESSAGES.test(error.message);
};

export const isUniqueViolation = (error: unknown): boolean => errorCodeOf(error) === '23505';
