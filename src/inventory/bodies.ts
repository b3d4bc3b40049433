import { BOUNDS } from '../commands/index.ts';
import { MAX_STOCK } from '../events/index.ts';
import { KEY_PATTERN } from './read-request.ts';

/** As much of a product's id as a path has to have: what is none is that of no product. */
const productId = { type: 'string', minLength: 1, maxLength: 100, examples: ['prod_2'] } as const;

const units = (description: string) => ({ type: 'integer', minimum: 0, maximum: MAX_STOCK, description }) as const;

const { min: minimum, max: maximum } = BOUNDS.quantityToMove;

/** What is sent, and what is answered where nothing is wrong, in JSON Schema 2020-12. */
export const BODIES = {
  Quantity: {
    type: 'object',
    description: 'How many units.',
    required: ['quantity'],
    additionalProperties: false,
    properties: { quantity: { type: 'integer', minimum, maximum, examples: [1] } },
  },
  Stock: {
    type: 'object',
    description: 'The units of a product, each in one of three places.',
    required: ['productId', 'available', 'reserved', 'sold'],
    properties: {
      productId,
      available: units('Sellable now.'),
      reserved: units('Held by orders that are not final.'),
      sold: units('Of confirmed orders.'),
    },
  },
} as const;

export const PARAMETERS = {
  productId: {
    name: 'productId',
    in: 'path',
    required: true,
    description:
      'The product, by its id: percent-encoded where it has other characters than letters, digits, "-", ".", "_" and "~".',
    schema: productId,
  },
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      "The caller's own name for this request. The same request again with the same key changes nothing and is answered as the first time, for at least 24 hours; another request with it is refused with 422. Keys are of whoever the token is for, over GraphQL as well. Without a key a request that is sent twice is done twice.",
    schema: { type: 'string', pattern: KEY_PATTERN, examples: ['order_1:prod_2:reduce'] },
  },
  traceparent: {
    name: 'traceparent',
    in: 'header',
    required: false,
    description: 'W3C trace context: it stands in the event that tells of the change.',
    schema: { type: 'string' },
  },
} as const;
