export const CUSTOMER_ID_LENGTH = { min: 1, max: 200 } as const;

const CUSTOMER_ID = new RegExp(`^[\\x21-\\x7e]{${CUSTOMER_ID_LENGTH.min},${CUSTOMER_ID_LENGTH.max}}$`);

/** Whether a token can name the customer: 1 to 200 visible characters of ASCII, and no space. */
export const isCustomerId = (value: string): boolean => CUSTOMER_ID.test(value);
