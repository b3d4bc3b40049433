import { sleep } from '../../../src/platform/index.ts';
import { type Message, subscribe } from '../../chaos/shop/subscription.ts';

const QUERY = 'subscription ($orderId: ID!) { orderStatus(orderId: $orderId) { order { status } } }';

export interface Watched {
  readonly url: string;
  readonly customerId: string;
  readonly orderId: string;
  readonly signal: AbortSignal;
}

type Frame = Message<{ readonly orderStatus: { readonly order: { readonly status: string } } }>;

const PAUSE_MS = 500;

interface Seen {
  frames: number;
  isComplete: boolean;
}

/** A frame without data says that panier is busy, and that one may come again. */
const follow = async (watched: Watched, seen: Seen): Promise<void> => {
  const receive = ({ type, payload }: Frame): 'Stay' | 'Leave' => {
    if (type === 'complete') seen.isComplete = true;
    if (type !== 'next' || payload?.data?.orderStatus === undefined) return 'Leave';
    seen.frames += 1;
    return 'Stay';
  };
  const { orderId, ...rest } = watched;
  await subscribe({ ...rest, query: QUERY, variables: { orderId }, receive });
};

/** Follows an order until its subscription completes. Returns how many frames it was sent. */
export const watchToEnd = async (watched: Watched): Promise<number> => {
  const { signal } = watched;
  const seen: Seen = { frames: 0, isComplete: false };
  for (;;) {
    await follow(watched, seen);
    if (seen.isComplete || signal.aborted) return seen.frames;
    await sleep(PAUSE_MS, signal);
  }
};
