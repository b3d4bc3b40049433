import { useEffect, useRef } from 'react';
import { useLive } from '../../ui/client/use-live.ts';
import { OrderFollowed, type OrderFollowedSubscription, OrderHeardOf } from '../../ui/generated/operations.ts';

type Update = OrderFollowedSubscription['orderStatus'];

interface OrderFollowerProps {
  readonly id: string;
  /** The cursor of the last step that is shown; null before the first. */
  readonly after: string | null;
  readonly onUpdates: (updates: readonly Update[]) => void;
  /** Nothing more can come, for all that is known. */
  readonly onEnd: () => void;
}

/** One frame: a burst of a thousand steps is drawn once, not a thousand times. */
const FRAME_MS = 16;

/** Follows an order behind what is shown of it. */
export const OrderFollower = ({ id, after, onUpdates, onEnd }: OrderFollowerProps) => {
  const gathered = useRef<{ updates: Update[]; timer: ReturnType<typeof setTimeout> | undefined }>({
    updates: [],
    timer: undefined,
  });
  const flush = (): void => {
    const { updates } = gathered.current;
    gathered.current = { updates: [], timer: undefined };
    if (updates.length > 0) onUpdates(updates);
  };
  const live = useLive({
    document: OrderFollowed,
    variables: { id, after },
    onUpdate: ({ orderStatus }) => {
      gathered.current.updates.push(orderStatus);
      gathered.current.timer ??= setTimeout(flush, FRAME_MS);
    },
  });
  useEffect(() => {
    if (live.kind === 'Ended') onEnd();
  }, [live.kind, onEnd]);
  return null;
};

interface OrderWatcherProps {
  readonly id: string;
  readonly onEvent: () => void;
}

const LOOK_AGAIN_MS = 10_000;

/** An order to which nothing more can happen may be disputed at the bank in a month: then it is followed again. */
export const OrderWatcher = ({ id, onEvent }: OrderWatcherProps) => {
  useLive({ document: OrderHeardOf, variables: { after: null, filter: { correlationId: id } }, onUpdate: onEvent });
  useEffect(() => {
    // What came between the end and the watching is told by neither.
    const timer = setInterval(() => document.hidden || onEvent(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [onEvent]);
  return null;
};
