import { kindOf } from '../../events/index.ts';
import { builder } from '../builder.ts';
import { type Shown, shownIdOf } from '../moments.ts';

/** Everything that has an id of its own. The ids are the same strings in the API, in events, in SQL and in logs. */
export const Node = builder.interfaceRef<Shown>('Node').implement({
  description:
    'Something with an id of its own that `node` finds again: a Cart, an Order, a Product or, for who may see them, a DeadLetter, a WebhookEndpoint or an UpkeepRun.',
  resolveType: ({ id }) => kindOf(id),
  fields: (t) => ({
    id: t.id({
      description:
        'Prefixed with its type (cart_…, order_…, prod_…, dead_…, hook_…, run_…), unguessable where it names a cart or an order, and the same string in the API, in events, in SQL and in logs. Of what is shown as it was, by asOf or atRevision, with that moment after an @: a cache that keeps one object an id keeps the present beside it.',
      resolve: shownIdOf,
    }),
  }),
});
