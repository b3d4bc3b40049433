import { kindOf } from '../../events/index.ts';
import { assertNever } from '../../platform/index.ts';
import type { DeadLetterView, ProductView } from '../../read/index.ts';
import type { UpkeepRun } from '../../upkeep/index.ts';
import type { WebhookEndpoint } from '../../webhooks/index.ts';
import { ANYBODY } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitToken, consistentWithArg } from '../consistency.ts';
import type { GatewayContext } from '../context.ts';
import { findCart } from '../find-cart.ts';
import { findDeadLetter } from '../find-dead-letter.ts';
import { findMoment } from '../find-moment.ts';
import { findReadOrder } from '../find-order.ts';
import { findProduct } from '../find-product.ts';
import { findUpkeepRun } from '../find-upkeep-run.ts';
import { findWebhookEndpoint } from '../find-webhook-endpoint.ts';
import { momentOf } from '../moments.ts';
import type { OrderSource } from '../order-source.ts';
import type { CartSource } from '../types/cart.ts';
import { Node } from '../types/node.ts';

type Found = CartSource | OrderSource | ProductView | DeadLetterView | WebhookEndpoint | UpkeepRun | null;

const findNode = async (context: GatewayContext, id: string): Promise<Found> => {
  const moment = momentOf(id);
  if (moment !== null) return findMoment(context, moment);
  const kind = kindOf(id);
  switch (kind) {
    case 'Cart':
      return findCart(context, id);
    case 'Order':
      return findReadOrder(context, id);
    case 'Product':
      return findProduct(context, id);
    case 'DeadLetter':
      return findDeadLetter(context, id);
    case 'WebhookEndpoint':
      return findWebhookEndpoint(context, id);
    case 'UpkeepRun':
      return findUpkeepRun(context, id);
    case 'Event':
    case 'Payment':
    case 'Visit':
    case null:
      return null;
  }
  return assertNever(kind);
};

export const node = (t: QueryFields) =>
  t.field({
    type: Node,
    access: ANYBODY,
    nullable: true,
    description:
      'The cart, order, product, dead letter, webhook endpoint or run of upkeep with this id; null when there is none, or it is not for the viewer.',
    // Nothing beside it: Relay's compiler refetches by a `node` that takes an id alone, as the GraphQL Global Object
    // Identification Specification has it.
    args: { id: t.arg.id({ required: true, description: 'cart_…, order_…, prod_…, dead_…, hook_… or run_…' }) },
    resolve: (_root, { id }, context) => findNode(context, id),
  });

export const nodes = (t: QueryFields) =>
  t.field({
    type: [Node],
    access: ANYBODY,
    nullable: { list: false, items: true },
    description:
      'As `node`, for up to 100 ids at once, unless configured otherwise: one answer for each id, in the order of the ids.',
    args: {
      ids: t.arg.idList({ required: true, description: 'At most 100, unless configured otherwise.' }),
      ...consistentWithArg,
    },
    resolve: async (_root, { ids, consistentWith }, context) => {
      await awaitToken(context, consistentWith);
      return ids.map((id) => findNode(context, id));
    },
  });
