import type { GraphQLResolveInfo } from 'graphql';
import type { OrderFacts, Recorded } from '../events/index.ts';
import { Unavailable } from '../platform/index.ts';
import { foldOrder } from '../read/index.ts';
import type { OrderSnapshot } from '../write/index.ts';
import type { GatewayContext } from './context.ts';
import { type OrderSource, readOrder, writtenOrder } from './order-source.ts';
import { selects } from './selects.ts';

/** The fields of an order that only the read side knows. */
const KNOWN_TO_READ_SIDE = ['revision', 'steps'];
const PATIENCE_MS = 1_000;

/** Ids of the events that the facts come from. */
const eventIdsIn = (facts: unknown): readonly string[] => {
  if (typeof facts !== 'object' || facts === null) return [];
  const own = 'eventId' in facts && typeof facts.eventId === 'string' ? [facts.eventId] : [];
  return [...own, ...Object.values(facts).flatMap(eventIdsIn)];
};

/**
 * The order as it was when the read side had taken in the last of what these facts come from; null while it has not. The
 * same for the same facts, however late it is asked: the event store keeps its order.
 */
const momentOf = (events: readonly Recorded[], facts: OrderFacts): OrderSource | null => {
  const stored = events.map(({ envelope }) => envelope.eventId);
  const places = eventIdsIn(facts).map((eventId) => stored.indexOf(eventId));
  if (places.includes(-1)) return null;
  const view = foldOrder(events.slice(0, Math.max(...places) + 1));
  return view && readOrder(view);
};

const awaitMoment = async (context: GatewayContext, { id, facts }: OrderSnapshot): Promise<OrderSource | null> => {
  const deadline = AbortSignal.timeout(PATIENCE_MS);
  using watch = context.read.changes.watch([{ kind: 'orders', id }]);
  for (;;) {
    const moment = momentOf(await context.batches.histories.load(id), facts);
    if (moment !== null || deadline.aborted) return moment;
    await watch.next(deadline);
  }
};

const momentOrNull = async (context: GatewayContext, snapshot: OrderSnapshot): Promise<OrderSource | null> => {
  try {
    return await awaitMoment(context, snapshot);
  } catch (error) {
    // The command took effect: that the read side is away is no reason to say otherwise.
    if (error instanceof Unavailable) return null;
    throw error;
  }
};

/**
 * An order that a command answers with, all of one moment: the write side's, at once; or, when fields are selected that
 * only the read side knows, the first moment at which the read side knows as much. When that is not within a second, the
 * write side's all the same, without a step.
 */
export const answeredOrder = async (
  context: GatewayContext,
  snapshot: OrderSnapshot,
  info: GraphQLResolveInfo,
): Promise<OrderSource> => {
  const moment = selects(info, KNOWN_TO_READ_SIDE) ? await momentOrNull(context, snapshot) : null;
  return moment ?? writtenOrder(snapshot);
};
