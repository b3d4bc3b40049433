import type { Random } from '../../support/random.ts';
import { number, text, type Value } from '../value.ts';
import type { Pool } from './pool.ts';

/** Where a value goes: an argument, or a field of an input, and what was chosen beside it. */
export interface Place {
  /** As `Query.cart(id:)` or `CheckoutInput.cartId`. */
  readonly coordinate: string;
  readonly name: string;
  readonly scalar: string;
  /** The type that the field with this argument answers with. */
  readonly answers: string;
  /** The id that stands beside it, as the cart of an item. */
  readonly owner: string | null;
}

const CARDS = [
  'pm_card_visa',
  'pm_card_visa',
  'pm_card_chargeDeclined',
  'pm_card_chargeDeclinedInsufficientFunds',
  'pm_flaky',
  'pm_pending',
  'pm_card_authenticationRequired',
];

/** Values of now and of the demo's catalogue: so that most of what is asked makes sense. By the name of the argument. */
const BY_NAME: Readonly<Record<string, (random: Random) => Value>> = {
  currency: (random) => text(random.chance(0.9) ? 'EUR' : random.pick(['USD', 'JPY', 'CHF'])),
  amount: (random) => text(random.pick(['12.50', '1', '0', '699.99', '3'])),
  quantity: (random) => number(random.chance(0.1) ? random.integer(60, 400) : random.integer(1, 3)),
  delta: (random) => number(random.integer(-4, 12)),
  first: (random) => number(random.integer(1, 8)),
  last: (random) => number(random.integer(1, 8)),
  name: (random) => text(random.pick(['Bell', 'Chain', 'Carbon road wheel', 'Pédale', '🚲'])),
  reason: (random) => text(random.pick(['changed my mind', 'inventory', 'a test entry'])),
  paymentMethod: (random) => text(random.pick(CARDS)),
  sessionId: (random) => text(`session-${random.integer(1, 5)}`),
  customerId: (random) => text(`customer-${random.integer(1, 4)}`),
  idempotencyKey: (random) => text(`key-${random.chance(0.1) ? random.integer(0, 9) : random.integer(0, 1e9)}`),
  olderThanSeconds: (random) => number(random.pick([0, 1, 60])),
  atRevision: (random) => number(random.integer(1, 6)),
};

const SOURCES: Readonly<Record<string, readonly string[]>> = {
  cartId: ['Cart.id', 'Order.cartId'],
  productIds: ['Product.id', 'CartItem.productId'],
  ids: ['Cart.id', 'Order.id', 'Product.id', 'DeadLetter.id'],
  consistentWith: ['Cart.consistencyToken', 'Order.consistencyToken'],
  expectedVersion: ['Cart.version'],
  stream: ['DomainEvent.stream', 'DeadLetter.stream'],
  group: ['DeadLetter.consumerGroup'],
  types: ['DomainEvent.type'],
  eventId: ['DomainEvent.eventId'],
  aggregateId: ['DomainEvent.aggregateId'],
  correlationId: ['DomainEvent.correlationId'],
  asOf: ['DomainEvent.occurredAt', 'Order.createdAt'],
  since: ['DomainEvent.occurredAt'],
  until: ['DomainEvent.occurredAt'],
};

const NODES: readonly string[] = ['Cart', 'Order', 'Product', 'DeadLetter'];

const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** The type whose ids belong here: the input's own, or what is answered, or anything that has an id. */
const idSources = ({ coordinate, answers }: Place): readonly string[] => {
  const type = NODES.find((node) => coordinate.includes(`${node}Input.`)) ?? NODES.find((node) => node === answers);
  if (coordinate.startsWith('UpsertProduct')) return ['Product.id'];
  return type === undefined ? NODES.map((node) => `${node}.id`) : [`${type}.id`];
};

const cursorSources = ({ answers }: Place): readonly string[] => [
  `${answers.replace('Connection', 'Edge')}.cursor`,
  `${answers}.cursor`,
  ...(answers === 'OrderStatusUpdate' ? ['SagaStep.cursor'] : []),
];

/** The fields of earlier answers whose values fit here. An argument that is new is served by its name. */
const sourcesOf = (place: Place): readonly string[] => {
  const { name } = place;
  // `after` of an order's steps is a revision.
  if (place.scalar === 'Int' && name === 'after') return [];
  if (name === 'id') return idSources(place);
  if (name === 'after' || name === 'before') return cursorSources(place);
  return SOURCES[name] ?? (name.endsWith('Id') ? [`${capital(name.slice(0, -2))}.id`] : []);
};

/** What is new has no stock: an order of it is rejected. */
const NEW_PRODUCTS = 0.3;

const newProduct = ({ coordinate }: Place, random: Random): Value | null =>
  coordinate === 'UpsertProductInput.id' && random.chance(NEW_PRODUCTS)
    ? text(`prod_new-${random.integer(1, 99)}`)
    : null;

const FALLBACK: Readonly<Record<string, (random: Random) => Value>> = {
  Int: (random) => number(random.integer(1, 5)),
  Float: (random) => number(random.next()),
  Boolean: (random) => ({ type: 'Boolean', value: random.chance(0.5) }),
  DateTime: (random) => text(new Date(Date.UTC(2026, 10, 29) + random.integer(0, 1e9)).toISOString()),
};

/** A value that an honest client might send. */
export const drawSensible = (place: Place, random: Random, pool: Pool): Value => {
  const luck = random.fork();
  const made = newProduct(place, luck);
  const told = pool.pick(sourcesOf(place), random, place.owner);
  if (made !== null) return made;
  if (told !== null) return place.scalar === 'Int' ? number(told) : text(told);
  const make = BY_NAME[place.name] ?? FALLBACK[place.scalar];
  return make ? make(luck) : text(`prod_${luck.integer(1, 12)}`);
};
