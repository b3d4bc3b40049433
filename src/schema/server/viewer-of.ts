import { SCOPES, type Viewer } from '../../access/index.ts';
import { isCustomerId } from '../../commands/index.ts';
import { badUserInput } from '../failures.ts';

/** Set by the shop's own edge, which lets nobody else set it. */
export const CUSTOMER_HEADER = 'x-customer-id';

const OPERATOR: Viewer = { kind: 'Operator', subject: 'operator', scopes: new Set(SCOPES) };

const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/**
 * The customer with that id, or an operator when there is none.
 * @throws a GraphQL error with code `BAD_USER_INPUT` for an id that is given and is none: empty must not mean operator.
 */
export const viewerOf = (customerId: unknown): Viewer => {
  if (customerId === null || customerId === undefined) return OPERATOR;
  if (typeof customerId !== 'string' || !isCustomerId(customerId)) {
    throw badUserInput(`${CUSTOMER_HEADER} must be 1 to 200 visible characters of ASCII, or be left out.`);
  }
  return { kind: 'Customer', customerId };
};

/** A W3C trace context, or null when the header holds none. Source: w3.org/TR/trace-context. */
export const traceparentOf = (header: string | null | undefined): string | null =>
  header && TRACEPARENT.test(header) ? header : null;
