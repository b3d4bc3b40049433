import type { Rejection } from '../events/index.ts';

export const MAX_OVERLAP_HOURS = 168;

export const UNKNOWN: Rejection = {
  code: 'NOT_FOUND',
  message: 'There is no webhook endpoint with this id: webhookEndpoints lists them.',
  path: ['id'],
};

export const FULL: Rejection = {
  code: 'INVALID_INPUT',
  message: 'There are 1,000 endpoints, and there may not be more: delete one that is not needed.',
};

export const NO_OVERLAP: Rejection = {
  code: 'INVALID_INPUT',
  message: `overlapHours is a whole number from 0 to ${MAX_OVERLAP_HOURS}.`,
  path: ['overlapHours'],
  allowed: { type: 'integer', minimum: 0, maximum: MAX_OVERLAP_HOURS },
};
