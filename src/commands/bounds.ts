import { CUSTOMER_ID_LENGTH, MAX_QUANTITY, MAX_STOCK } from '../events/index.ts';

/** How much a command may say. Texts in characters, which are code points. */
export const BOUNDS = {
  /** What names a command: an idempotency key. */
  key: { min: 1, max: 200 },
  customerId: CUSTOMER_ID_LENGTH,
  sessionId: { min: 1, max: 500 },
  cartItemId: { min: 1, max: 500 },
  paymentMethod: { min: 1, max: 500 },
  productName: { min: 1, max: 200 },
  /** For people to read; of several lines. */
  reason: { min: 0, max: 500 },
  /** The same, where there has to be one. */
  requiredReason: { min: 1, max: 500 },
  quantityToAdd: { min: 1, max: MAX_QUANTITY },
  quantityToSet: { min: 0, max: MAX_QUANTITY },
  /** Units that leave a stock, or come to it, at once. */
  quantityToMove: { min: 1, max: MAX_STOCK },
  delta: { min: -MAX_STOCK, max: MAX_STOCK },
  /** What is younger may still be under way: up to a day. */
  graceSeconds: { min: 0, max: 86_400 },
  /** Before what was found is looked for again; the run waits for it. */
  pauseSeconds: { min: 0, max: 600 },
} as const;
