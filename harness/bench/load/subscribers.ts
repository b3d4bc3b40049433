import { answerWith } from '../stage/answer.ts';
import { openSocket, type Socket } from './socket.ts';

export type Question =
  | { readonly type: 'connect'; readonly url: string; readonly subscribers: number }
  /** Answered when each has received how the order is now. */
  | { readonly type: 'subscribe'; readonly orderId: string }
  /** Answered when each subscription has completed. */
  | { readonly type: 'ended' };

export interface Delivered {
  /** Frames after the first one of each subscriber. */
  readonly deliveries: number;
  /** While frames of an update were on their way, from its first to its last: what lies between two updates does not count. */
  readonly seconds: number;
  readonly fewest: number;
  readonly most: number;
}

const AT_ONCE = 100;
const WATCH = /* GraphQL */ `subscription ($orderId: ID!) {
  orderStatus(orderId: $orderId) { cursor order { id status } step { status event { type } } }
}`;

const sockets: Socket[] = [];
let ended: Promise<Delivered> | undefined;

const connect = async (url: string, subscribers: number): Promise<void> => {
  while (sockets.length < subscribers) {
    const count = Math.min(AT_ONCE, subscribers - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: count }, () => openSocket(url)))));
  }
};

interface Window {
  readonly from: number;
  readonly to: number;
}

const msCovered = (windows: readonly Window[]): number => {
  let covered = 0;
  let until = 0;
  for (const { from, to } of windows.filter(Boolean).toSorted((left, right) => left.from - right.from)) {
    covered += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return covered;
};

const subscribe = async (orderId: string): Promise<void> => {
  const frames = sockets.map(() => 0);
  const received = Promise.withResolvers<void>();
  const over = Promise.withResolvers<Delivered>();
  const windows: Window[] = [];
  let [waiting, open] = [sockets.length, sockets.length];
  const next = (index: number): void => {
    const count = (frames[index] ?? 0) + 1;
    frames[index] = count;
    if (count === 1) {
      waiting -= 1;
      if (waiting === 0) received.resolve();
      return;
    }
    const now = performance.now();
    windows[count] = { from: windows[count]?.from ?? now, to: now };
  };
  const complete = (): void => {
    open -= 1;
    if (open > 0) return;
    const later = frames.map((count) => count - 1);
    const deliveries = later.reduce((sum, count) => sum + count, 0);
    over.resolve({
      deliveries,
      seconds: msCovered(windows) / 1_000,
      fewest: Math.min(...later),
      most: Math.max(...later),
    });
  };
  ended = over.promise;
  for (const [index, socket] of sockets.entries()) {
    socket.subscribe(WATCH, { orderId }, { next: () => next(index), complete });
  }
  await received.promise;
};

answerWith(async (question: Question) => {
  switch (question.type) {
    case 'connect':
      return connect(question.url, question.subscribers);
    case 'subscribe':
      return subscribe(question.orderId);
    case 'ended':
      return ended;
  }
});
