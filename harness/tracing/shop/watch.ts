import { type Message, subscribe } from '../../chaos/shop/subscription.ts';

const QUERY = 'subscription ($orderId: ID!) { orderStatus(orderId: $orderId) { order { status } } }';

export interface Watched {
  readonly url: string;
  readonly customerId: string;
  readonly orderId: string;
  readonly signal: AbortSignal;
}

type Frame = Message<{ readonly orderStatus: { readonly order: { readonly status: string } } }>;

/** Follows an order until its subscription completes. Returns how many frames it was sent. */
export const watchToEnd = async ({ url, customerId, orderId, signal }: Watched): Promise<number> => {
  let frames = 0;
  const receive = ({ type }: Frame): 'Stay' | 'Leave' => {
    if (type === 'next') frames += 1;
    return type === 'next' ? 'Stay' : 'Leave';
  };
  await subscribe({ url, customerId, query: QUERY, variables: { orderId }, signal, receive });
  return frames;
};
