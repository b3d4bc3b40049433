import {
  contradictionsOf,
  type DomainEvent,
  NOTHING_KNOWN,
  type Reach,
  type Recorded,
  reaches,
  readOrder,
} from '../../events/index.ts';
import {
  type ContradictionView,
  type DeadLetterView,
  eachQuery,
  foldCart,
  foldOrder,
  type OrderView,
  type Page,
  type ProductView,
  type Read,
} from '../../read/index.ts';
import type { Saga } from '../../saga/index.ts';
import type { Upkeep } from '../../upkeep/index.ts';
import type { Operations, Write } from '../../write/index.ts';
import type { Modules } from '../context.ts';
import { memoryAccess } from './memory-access.ts';
import { memoryAudit, type Stored } from './memory-audit.ts';
import { type MemoryChanges, memoryChanges } from './memory-changes.ts';
import { MONITORING, notOffered, OPERATIONS, SAGA, UPKEEP, WEBHOOKS, WRITE } from './memory-commands.ts';
import { recordedEvent } from './memory-events.ts';
import { claimedIn, ownerIn } from './memory-owners.ts';

/** Modules that hold what a test hands them; commands are refused unless the test brings its own. */
export interface MemoryModules extends Modules {
  readonly changes: MemoryChanges;
  readonly products: Map<string, ProductView>;
  /** Stores events of one aggregate and announces them. */
  readonly append: (aggregateId: string, ...events: readonly DomainEvent[]) => void;
  /** Stores one with this event id, unless it is undefined, and announces it. */
  readonly appendAs: (aggregateId: string, event: DomainEvent, eventId: string | undefined) => void;
}

const pageOf = <T extends { readonly id: string }>(nodes: readonly T[]): Page<T> => ({
  edges: nodes.map((node) => ({ cursor: node.id, node })),
  hasNextPage: false,
  hasPreviousPage: false,
});

const stepsOf = (stored: readonly Stored[], orderId: string) => {
  const events = stored.filter(({ envelope }) => envelope.aggregateId === orderId);
  return events.map(({ envelope }, index) => {
    const facts = foldOrder(events.slice(0, index + 1))?.facts;
    return {
      orderId,
      revision: index + 1,
      status: facts ? readOrder(facts).status : ('PENDING' as const),
      envelope,
    };
  });
};

const contradictionsIn = (stored: readonly Stored[], orderIds: readonly string[]): readonly ContradictionView[] =>
  orderIds.flatMap((orderId) => {
    const events = stored.filter(({ envelope }) => envelope.aggregateId === orderId);
    const facts = foldOrder(events)?.facts ?? NOTHING_KNOWN;
    const { listed, more } = contradictionsOf(facts, readOrder(facts));
    return listed.flatMap(({ eventId, reason }, index) =>
      events
        .filter(({ envelope }) => envelope.eventId === eventId)
        .map(({ envelope }) => ({ orderId, nth: index + 1, envelope, reason, more })),
    );
  });

const orderReachedIn =
  (stored: readonly Stored[]) =>
  (reach: Reach, { facts: { created } }: OrderView): boolean =>
    created !== null && reaches(reach, ownerIn(stored, created.data));

type Folded = (events: readonly Recorded[]) => { readonly id: string } | null;

interface Shown {
  readonly products: ReadonlyMap<string, ProductView>;
  readonly deadLetters: readonly DeadLetterView[];
}

const orderIdsIn = (stored: readonly Stored[]): readonly string[] =>
  [...new Set(stored.map(({ envelope }) => envelope.aggregateId))].filter((id) => id.startsWith('order_'));

const memoryRead = (stored: readonly Stored[], { products, deadLetters }: Shown, changes: MemoryChanges): Read => {
  const eventsOf = (id: string) => stored.filter(({ envelope }) => envelope.aggregateId === id);
  const isReached = orderReachedIn(stored);
  const folded = <F extends Folded>(fold: F, ids: readonly string[]) =>
    ids.map((id) => fold(eventsOf(id)) as ReturnType<F>).filter((view) => view !== null) as NonNullable<
      ReturnType<F>
    >[];
  const ordersOf = (reach: Reach): readonly OrderView[] =>
    folded(foldOrder, orderIdsIn(stored)).filter((order) => isReached(reach, order));
  return {
    ...eachQuery(() => notOffered),
    carts: async (asked) =>
      asked.map(({ id, reach }) => {
        const cart = foldCart(eventsOf(id));
        return cart !== null && reaches(reach, ownerIn(stored, cart)) ? cart : null;
      }),
    orders: async (asked) =>
      asked.map(({ id, reach }) => {
        const order = foldOrder(eventsOf(id));
        return order !== null && isReached(reach, order) ? order : null;
      }),
    claimedVisits: async (ids) => claimedIn(stored).filter(({ id }) => ids.includes(id)),
    products: async (ids) => ids.map((id) => products.get(id)).filter((product) => product !== undefined),
    stock: async (ids) => ids.map((id) => products.get(id)).filter((product) => product !== undefined),
    steps: async (ids, { after = 0, upTo = Number.POSITIVE_INFINITY } = {}) =>
      ids.flatMap((id) => stepsOf(stored, id).filter(({ revision }) => revision > after && revision <= upTo)),
    productPage: async () => pageOf([...products.values()]),
    cartPage: async () => pageOf([]),
    orderPage: async ({ reach }) => pageOf(ordersOf(reach)),
    contradictionPage: async () =>
      pageOf(contradictionsIn(stored, orderIdsIn(stored)).map((each) => ({ ...each, id: each.orderId }))),
    deadLetters: async (ids) => deadLetters.filter(({ id }) => ids.includes(id)),
    deadLetterPage: async () => pageOf(deadLetters),
    awaitConsistency: async ({ aggregateId, reached }) => eventsOf(aggregateId).length >= reached,
    awaitEvents: async (events) =>
      events.every(({ eventId }) => stored.some(({ envelope }) => envelope.eventId === eventId)),
    changes,
  };
};

export const memoryModules = (
  offered: {
    readonly write?: Partial<Write>;
    readonly saga?: Partial<Saga>;
    readonly operations?: Partial<Operations>;
    readonly upkeep?: Partial<Upkeep>;
    readonly deadLetters?: readonly DeadLetterView[];
  } = {},
): MemoryModules => {
  const stored: Stored[] = [];
  const products = new Map<string, ProductView>();
  const changes = memoryChanges();
  const store = (aggregateId: string, event: DomainEvent, eventId: string | undefined): void => {
    const position = BigInt(stored.length + 1);
    const { envelope } = recordedEvent(aggregateId, event, stored.length + 1);
    const place = { partition: 0, position, seen: new Map([[0, position]]) };
    stored.push({ ...place, event, envelope: { ...envelope, eventId: eventId ?? envelope.eventId } });
  };
  return {
    write: { ...WRITE, ...offered.write },
    saga: { ...SAGA, ...offered.saga },
    access: memoryAccess(),
    webhooks: WEBHOOKS,
    monitoring: MONITORING,
    upkeep: { ...UPKEEP, ...offered.upkeep },
    operations: { ...OPERATIONS, ...offered.operations },
    audit: memoryAudit(stored),
    read: memoryRead(stored, { products, deadLetters: offered.deadLetters ?? [] }, changes),
    changes,
    products,
    append: (aggregateId, ...events) => {
      for (const event of events) store(aggregateId, event, undefined);
      changes.announce([aggregateId, 'Events']);
    },
    appendAs: (aggregateId, event, eventId) => {
      store(aggregateId, event, eventId);
      changes.announce([aggregateId, 'Events']);
    },
  };
};
