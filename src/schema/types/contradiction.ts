import type { ContradictionView } from '../../read/index.ts';
import { builder } from '../builder.ts';
import { findReadOrder } from '../find-order.ts';
import { connectionOf, edgeOf } from './connection.ts';
import { DomainEvent } from './domain-event.ts';
import { Order } from './order.ts';

const Contradiction = builder.objectRef<ContradictionView>('Contradiction').implement({
  description:
    'Something that was said of an order and is not believed, or not as it stands. It is kept, and changes nothing.',
  fields: (t) => ({
    orderId: t.exposeID('orderId', { description: 'The order of which it was said (order_…).' }),
    order: t.field({
      type: Order,
      nullable: true,
      description: 'That order; null when panier knows none of this id.',
      resolve: ({ orderId }, _args, context) => findReadOrder(context, orderId),
    }),
    event: t.field({ type: DomainEvent, description: 'What was said.', resolve: ({ envelope }) => envelope }),
    reason: t.exposeString('reason', { description: 'Why it is not believed: a sentence for people.' }),
    more: t.exposeInt('more', {
      description: 'How many more there are of this order that are not listed: anybody may send without end.',
    }),
  }),
});

export const ContradictionConnection = connectionOf(
  Contradiction,
  edgeOf(Contradiction, (t) =>
    t.field({ type: Contradiction, description: 'The Contradiction.', resolve: ({ node }) => node }),
  ),
);
