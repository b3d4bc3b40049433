import { type Viewer, writeReachOf } from '../../access/index.ts';
import { paymentStatusOf, type PaymentStatus as Status } from '../../events/index.ts';
import type { NextAction } from '../../write/index.ts';
import { builder } from '../builder.ts';
import type { OrderSource } from '../order-source.ts';

const STATUSES = {
  REQUESTED: { description: 'Asked for; the payment provider has not answered yet.' },
  PENDING: { description: 'The payment provider has yet to say how it ended. There is nothing to do but wait.' },
  ACTION_REQUIRED: { description: 'The customer has to do what nextAction says.' },
  SUCCEEDED: { description: 'Paid.' },
  FAILED: { description: 'Nothing was paid.' },
  REFUNDED: { description: 'Paid, and given back.' },
} as const satisfies Record<Status, { description: string }>;

const PaymentStatus = builder.enumType('PaymentStatus', {
  description: 'How the payment of an order stands.',
  values: STATUSES,
});

const PaymentAction = builder.objectRef<NextAction>('PaymentAction').implement({
  description: 'What a client needs so that its customer can go on with a payment: one of the two.',
  fields: (t) => ({
    url: t.string({
      nullable: true,
      description: "A page of the provider's, to which to send the customer.",
      resolve: (action) => (action.type === 'Redirect' ? action.url : null),
    }),
    clientSecret: t.string({
      nullable: true,
      description: "What the provider's own library in the client asks for. A secret: it acts for the customer.",
      resolve: (action) => (action.type === 'Confirm' ? action.clientSecret : null),
    }),
  }),
});

/** What is shown of an order's payment. */
export interface PaymentSource {
  readonly orderId: string;
  readonly status: Status;
}

/** Who has the secret acts for the customer: whoever is shown it has to be one who may change the order, too. */
const mayAct = (viewer: Viewer): boolean => writeReachOf(viewer) !== 'Nothing';

export const OrderPayment = builder.objectRef<PaymentSource>('OrderPayment').implement({
  description: 'The payment of an order.',
  fields: (t) => ({
    status: t.field({ type: PaymentStatus, description: 'How it stands.', resolve: ({ status }) => status }),
    nextAction: t.field({
      type: PaymentAction,
      nullable: true,
      description:
        'What the customer has to do now; null unless the status is ACTION_REQUIRED, and for who may read orders but not change them.',
      resolve: ({ orderId, status }, _args, { write, viewer }) =>
        status === 'ACTION_REQUIRED' && mayAct(viewer) ? write.nextAction(orderId) : null,
    }),
  }),
});

/** Null while no payment was asked for, and none came. */
export const paymentOf = ({ id, facts }: Pick<OrderSource, 'id' | 'facts'>): PaymentSource | null => {
  const status = paymentStatusOf(facts);
  return status === null ? null : { orderId: id, status };
};
