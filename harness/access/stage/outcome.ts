import type { Operation, Outcome } from '../operation.ts';
import type { Things } from '../things.ts';
import type { Answer } from './lanes.ts';

const CODES: readonly unknown[] = ['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED'];

const isCode = (code: unknown): code is 'NOT_FOUND' | 'FORBIDDEN' | 'UNAUTHENTICATED' => CODES.includes(code);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Of a list, its first; of an object's code, whether that says that there is no such thing. */
const ofValue = (value: unknown): Outcome => {
  if (Array.isArray(value)) return ofValue(value[0]);
  if (value === null || value === undefined) return 'null';
  return isObject(value) && value['code'] === 'NOT_FOUND' ? 'NOT_FOUND' : 'ok';
};

/** Whether the list names either: it is one of carts, or one of orders. */
const listed = (value: unknown, { cartId, orderId }: Things): Outcome =>
  [cartId, orderId].some((id) => JSON.stringify(value).includes(`"${id}"`)) ? 'ok' : 'not listed';

/** What an answer comes to. @throws {Error} for an error that no viewer is to get */
export const outcomeOf = ({ field, notReached }: Operation, things: Things, answer: Answer): Outcome => {
  const [error] = answer.errors ?? [];
  if (error !== undefined) {
    const code = error.extensions?.['code'];
    if (isCode(code)) return code;
    throw new Error(`${field}: ${JSON.stringify(error)}`);
  }
  const value = answer.data?.[field.slice(field.indexOf('.') + 1)];
  return notReached === 'not listed' ? listed(value, things) : ofValue(value);
};
