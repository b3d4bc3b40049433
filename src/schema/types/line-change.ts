import type { Currency } from '../../events/index.ts';
import type { LineChange as Change } from '../../write/index.ts';
import { builder } from '../builder.ts';
import { Money, moneyOf } from './money.ts';
import { productNow } from './product-now.ts';

const LineChangeKind = builder.enumType('LineChangeKind', {
  description: 'What is different today about a line of an order.',
  values: {
    PRICE_CHANGED: { description: 'It costs more or less: `now`. The line is in the cart, at that price.' },
    GONE: { description: "It is no longer sold, or not in the order's currency. The line is not in the cart." },
    SHORT: {
      description: 'Fewer are available than the line has. It is in the cart as it was: take some out, or wait.',
    },
  } as const satisfies Record<Change['kind'], { description: string }>,
});

export type LineChangeSource = Change & { readonly currency: Currency };

export const LineChange = builder.objectRef<LineChangeSource>('LineChange').implement({
  description: 'Something about a line of an order that is not as it was.',
  fields: (t) => ({
    kind: t.field({ type: LineChangeKind, description: 'What it is.', resolve: ({ kind }) => kind }),
    productId: t.exposeID('productId', { description: 'Id of the product (prod_…).' }),
    product: productNow(t),
    quantity: t.exposeInt('quantity', { description: 'Units that the order had.' }),
    before: t.field({
      type: Money,
      description: 'Price of one unit in the order.',
      resolve: ({ before, currency }) => moneyOf(before, currency),
    }),
    now: t.field({
      type: Money,
      nullable: true,
      description: 'Price of one unit today; null unless that is what changed.',
      resolve: (change) => (change.kind === 'PRICE_CHANGED' ? moneyOf(change.now, change.currency) : null),
    }),
    available: t.int({
      nullable: true,
      description: 'Units that are available; null unless they are too few.',
      resolve: (change) => (change.kind === 'SHORT' ? change.available : null),
    }),
  }),
});
