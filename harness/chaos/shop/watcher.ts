import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import { type Message, subscribe } from './subscription.ts';

/** One message of a subscription. `stepRevision` is null for a snapshot. */
export interface Update {
  readonly cursor: string;
  readonly revision: number;
  readonly status: string;
  readonly stepRevision: number | null;
  readonly eventId: string | null;
}

/** All that one watcher of one order saw, over any number of connections. */
export interface Watch {
  readonly orderId: string;
  readonly updates: readonly Update[];
  readonly isComplete: boolean;
  readonly connections: number;
  readonly errors: readonly string[];
}

export interface WatcherOptions {
  readonly orderId: string;
  readonly customerId: string;
  readonly random: Random;
  readonly gateways: readonly string[];
  /** How often an update is the last before the connection is dropped. */
  readonly drop?: number;
}

const QUERY = `subscription ($orderId: ID!, $after: String) {
  orderStatus(orderId: $orderId, after: $after) {
    cursor order { revision status } step { revision event { eventId } }
  }
}`;

const DROP = 0.4;
const MAX_PAUSE_MS = 1_500;

interface Data {
  readonly orderStatus: {
    readonly cursor: string;
    readonly order: { readonly revision: number; readonly status: string };
    readonly step: { readonly revision: number; readonly event: { readonly eventId: string } } | null;
  };
}

/** Follows one order to its end, dropping the connection now and then and resuming after the last update seen. */
export class Watcher implements Watch {
  readonly orderId: string;
  readonly updates: Update[] = [];
  readonly errors: string[] = [];
  connections = 0;
  isComplete = false;
  readonly #options: WatcherOptions;

  constructor(options: WatcherOptions) {
    this.orderId = options.orderId;
    this.#options = options;
  }

  async follow(signal: AbortSignal): Promise<void> {
    const { random, gateways, customerId } = this.#options;
    while (!this.isComplete && !signal.aborted) {
      this.connections += 1;
      const variables = { orderId: this.orderId, after: this.updates.at(-1)?.cursor ?? null };
      const receive = (message: Message<Data>) => this.#receive(message);
      await subscribe({ url: random.pick(gateways), customerId, query: QUERY, variables, signal, receive });
      if (!this.isComplete) await sleep(random.between(0, MAX_PAUSE_MS), signal);
    }
  }

  #receive({ type, payload }: Message<Data>): 'Stay' | 'Leave' {
    if (type === 'next') return this.#take(payload);
    if (type === 'complete') this.isComplete = true;
    else this.errors.push(JSON.stringify(payload).slice(0, 300));
    return 'Leave';
  }

  #take(payload: Message<Data>['payload']): 'Stay' | 'Leave' {
    const update = payload?.data?.orderStatus;
    if (update === undefined) {
      const code = payload?.errors?.[0]?.extensions?.code;
      if (code !== 'UNAVAILABLE') this.errors.push(code ?? 'no data');
      return 'Leave';
    }
    const { cursor, order, step } = update;
    const stepRevision = step?.revision ?? null;
    this.updates.push({ cursor, ...order, stepRevision, eventId: step?.event.eventId ?? null });
    const { random, drop = DROP } = this.#options;
    return random.chance(drop) ? 'Leave' : 'Stay';
  }
}
