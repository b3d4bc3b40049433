import type { ConsistencyPoint, DataOf, OrderFacts } from '../events/index.ts';
import type { OrderView } from '../read/index.ts';
import type { OrderSnapshot } from '../write/index.ts';

/** An order to be shown, from whichever side it comes. */
export interface OrderSource {
  readonly id: string;
  readonly created: DataOf<'OrderCreated'>;
  readonly facts: OrderFacts;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Number of steps that the order shows, of the same moment as all else; 0 from the write side, which knows of none. */
  readonly revision: number;
  readonly point: ConsistencyPoint;
  /** The revision, for an order that is shown as it was: left out of one as it is. */
  readonly moment?: string;
}

type Dated = Pick<OrderSource, 'id' | 'facts' | 'createdAt' | 'updatedAt'>;

const sourceOf = (order: Dated, rest: Pick<OrderSource, 'revision' | 'point'>): OrderSource => {
  const { id, facts, createdAt, updatedAt } = order;
  if (facts.created === null) throw new Error(`${id} is shown before its creation is known`);
  return { id, facts, createdAt, updatedAt, created: facts.created.data, ...rest };
};

/** The order as the read side shows it. */
export const readOrder = (view: OrderView): OrderSource =>
  sourceOf(view, {
    revision: view.revision,
    point: { aggregateId: view.id, measure: 'Revision', reached: view.revision },
  });

/** The order as the write side knows it, before the read side may have heard of it. */
export const writtenOrder = (snapshot: OrderSnapshot): OrderSource =>
  sourceOf(snapshot, {
    revision: 0,
    point: { aggregateId: snapshot.id, measure: 'Version', reached: snapshot.version },
  });
