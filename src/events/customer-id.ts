import type { Allowed } from './rejection.ts';

export const CUSTOMER_ID_LENGTH = { min: 1, max: 200 } as const;

const CUSTOMER_ID = new RegExp(`^[\\x21-\\x7e]{${CUSTOMER_ID_LENGTH.min},${CUSTOMER_ID_LENGTH.max}}$`);

const { min: minLength, max: maxLength } = CUSTOMER_ID_LENGTH;
/** What can name a customer, or any other bearer of a token. */
export const CUSTOMER_ID_ALLOWED: Allowed = { type: 'string', minLength, maxLength, pattern: '^[!-~]*$' };

/** Whether a token can name the customer: 1 to 200 visible characters of ASCII, and no space. */
export const isCustomerId = (value: string): boolean => CUSTOMER_ID.test(value);
