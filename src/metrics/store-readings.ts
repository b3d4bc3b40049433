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
  /** Age of the oldest pending one; 0: none is. */
  readonly pendingSeconds: number | null;
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

/** How Redis itself is. What is null is not known. */
export interface RedisReading {
  readonly usedBytes: number | null;
  readonly maxBytes: number | null;
  readonly aofBytes: number | null;
  readonly written: readonly { readonly what: string; readonly ok: boolean }[];
}

/** How those servers of PostgreSQL are that answer. */
export interface PostgresReading {
  readonly servers: readonly { readonly homes: readonly string[]; readonly answers: boolean }[];
  readonly databaseBytes: number;
  readonly connections: number;
  readonly maxConnections: number;
}

/** What is asked of the stores; each rejects, or takes its time, while its store is away. */
export interface StoreQuestions {
  readonly groups: () => Promise<readonly GroupReading[]>;
  readonly backlog: () => Promise<BacklogReading>;
  readonly orders: () => Promise<OrdersReading>;
  readonly stuckOrders: () => Promise<number>;
  readonly redis: () => Promise<RedisReading>;
  readonly postgres: () => Promise<PostgresReading>;
}

/** What the stores said last; what is null is not known now. */
export type StoreLooks = AsyncDisposable & {
  readonly [Name in keyof StoreQuestions]: Look<Awaited<ReturnType<StoreQuestions[Name]>>>['seen'];
};

export const openStoreLooks = (questions: StoreQuestions, clock: Clock): StoreLooks => {
  const looks = new AsyncDisposableStack();
  const looking = <T>(ask: () => Promise<T>): Look<T>['seen'] => looks.use(openLook(ask, { clock })).seen;
  return {
    groups: looking(questions.groups),
    backlog: looking(questions.backlog),
    orders: looking(questions.orders),
    stuckOrders: looking(questions.stuckOrders),
    redis: looking(questions.redis),
    postgres: looking(questions.postgres),
    [Symbol.asyncDispose]: () => looks.disposeAsync(),
  };
};
