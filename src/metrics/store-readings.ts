import type { Clock } from '../platform/index.ts';
import { type Look, openLook } from './looks.ts';

/** How a consumer group stands on one stream. What is null is not known. */
export interface GroupReading {
  readonly stream: string;
  readonly group: string;
  /** Entries that it was not given, and those that it was given and has not handled. */
  readonly lag: number | null;
  readonly pending: number | null;
  /** How often the oldest pending one was delivered. */
  readonly deliveries: number | null;
  /** Age of the oldest entry that it has not handled. */
  readonly behindSeconds: number | null;
  readonly deadLetters: number;
}

export interface BacklogReading {
  readonly outboxes: readonly { readonly journal: string; readonly length: number; readonly oldestSeconds: number }[];
  /** Age of the oldest event that the read side lacks. */
  readonly readSideSeconds: number | null;
}

export interface OrdersReading {
  readonly orders: readonly { readonly status: string; readonly orders: number }[];
  /** RFC 3339; null when none is open. */
  readonly oldestOpenAt: string | null;
}

/** What is asked of the stores; each rejects, or takes its time, while its store is away. */
export interface StoreQuestions {
  readonly groups: () => Promise<readonly GroupReading[]>;
  readonly backlog: () => Promise<BacklogReading>;
  readonly orders: () => Promise<OrdersReading>;
}

/** What the stores said last; what is null is not known now. */
export interface StoreLooks extends AsyncDisposable {
  readonly groups: Look<readonly GroupReading[]>['seen'];
  readonly backlog: Look<BacklogReading>['seen'];
  readonly orders: Look<OrdersReading>['seen'];
}

export const openStoreLooks = ({ groups, backlog, orders }: StoreQuestions, clock: Clock): StoreLooks => {
  const looks = new AsyncDisposableStack();
  const looking = <T>(ask: () => Promise<T>): Look<T>['seen'] => looks.use(openLook(ask, { clock })).seen;
  return {
    groups: looking(groups),
    backlog: looking(backlog),
    orders: looking(orders),
    [Symbol.asyncDispose]: () => looks.disposeAsync(),
  };
};
