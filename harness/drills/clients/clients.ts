import { sleep } from '../../../src/platform/index.ts';
import {
  type Auditor,
  answerOf,
  type Commander,
  History,
  openAuditor,
  Shopper,
  shelfOf,
  Watcher,
} from '../../chaos/shop/index.ts';
import type { Random } from '../../support/random.ts';
import type { ClientFigures } from './figures.ts';
import { openPatientCommander } from './patient-commander.ts';
import { Stopwatch } from './stopwatch.ts';

const SHOPPERS = 24;
const COMMANDS_PER_SECOND = 20;
const PATIENCE_MS = 30_000;
const POLL_MS = 100;

export interface ClientsOptions {
  readonly random: Random;
  /** Where GraphQL answers, one balancer or several gateways; read at each attempt. */
  readonly urls: () => readonly string[];
  readonly commandsPerSecond?: number;
  /** For how long a command is sent again that was not answered. */
  readonly patienceMs?: number;
}

/** Customers who buy, each following the orders that they make, and an operator who follows all events. */
export class Clients implements Disposable {
  readonly history = new History();
  readonly watchers: Watcher[] = [];
  readonly shelf;
  readonly #options: ClientsOptions;
  readonly #stopwatch = new Stopwatch();
  readonly #closing = new AbortController();
  readonly #watching = new AbortController();
  readonly #activities: Promise<void>[] = [];
  readonly #watches: Promise<void>[] = [];
  #auditor: Auditor | null = null;
  #failed = 0;

  constructor(options: ClientsOptions) {
    this.#options = options;
    this.shelf = shelfOf('storm', options.random.named('shelf'));
  }

  /** Fills the shelves, and lets the customers in. */
  async open(): Promise<void> {
    const operator = this.commander('operator', null);
    for (const { id, price, stock } of this.shelf) {
      await operator.perform({
        name: 'upsertProduct',
        input: { id, name: id, price: { amount: price, currency: 'EUR' } },
      });
      await operator.perform({ name: 'adjustStock', input: { productId: id, delta: stock, reason: 'first delivery' } });
    }
    await this.#follow();
    this.#stopwatch.begin();
    for (let index = 1; index <= SHOPPERS; index += 1) this.#activities.push(this.#shop(`customer_${index}`));
  }

  /** Sends everybody home; those who watch an order stay. */
  async close(): Promise<void> {
    this.#stopwatch.look();
    this.#closing.abort();
    await Promise.all(this.#activities);
    this.#failed = this.history.commands.filter((command) => answerOf(command) === null).length;
  }

  /** Whoever is there goes, without a word: the drill has broken off. */
  [Symbol.dispose](): void {
    this.#closing.abort();
    this.#watching.abort();
  }

  /** Whoever asks as these customers do: until there is an answer, or patience ends. */
  commander(name: string, customerId: string | null): Commander {
    const { random, urls, patienceMs = PATIENCE_MS } = this.#options;
    const { history } = this;
    const stopwatch = this.#stopwatch;
    return openPatientCommander({ name, customerId, random: random.named(name), urls, history, stopwatch, patienceMs });
  }

  /** What the operator received who followed all events. */
  get audited() {
    return { eventIds: this.#auditor?.eventIds ?? [], errors: this.#auditor?.errors ?? [] };
  }

  /** Resolves when every watched order has come to its end and all `events` were received, or after `ms`. */
  async untilWatched({ events, ms }: { readonly events: number; readonly ms: number }): Promise<void> {
    const deadline = performance.now() + ms;
    while (!this.#hasSeen(events) && performance.now() < deadline) await sleep(POLL_MS);
    this.#watching.abort();
    await Promise.all(this.#watches);
  }

  /** What the customers saw until they were sent home; of subscriptions, once they were waited for. */
  get figures(): ClientFigures {
    const { commands } = this.history;
    const answers = commands.map(answerOf);
    return {
      commands: commands.length,
      failed: this.#failed,
      refused: answers.filter((answer) => answer?.__typename === 'Rejection').length,
      repeated: commands.filter(({ outcomes }) => outcomes.length > 1).length,
      longestGapMs: this.#stopwatch.longestGapMs,
      longestWaitMs: this.#stopwatch.longestWaitMs,
      ...this.#watched,
    };
  }

  get #watched(): Pick<ClientFigures, 'subscriptions' | 'broken' | 'resumed'> {
    const broken = this.watchers.map(({ connections, isComplete }) => connections - (isComplete ? 1 : 0));
    return {
      subscriptions: this.watchers.length,
      broken: sumOf(broken),
      resumed: sumOf(broken.filter((_count, index) => this.watchers[index]?.isComplete === true)),
    };
  }

  #hasSeen(events: number): boolean {
    return this.watchers.every(({ isComplete }) => isComplete) && this.audited.eventIds.length >= events;
  }

  /** There is a first event to begin with as soon as the first product is stored. */
  async #follow(): Promise<void> {
    const { random, urls } = this.#options;
    const options = { random: random.named('auditor'), gateways: urls(), drop: 0 };
    for (;;) {
      this.#auditor = await openAuditor(options).catch(() => null);
      if (this.#auditor !== null) break;
      await sleep(POLL_MS);
    }
    this.#watches.push(this.#auditor.follow(this.#watching.signal));
  }

  #shop(customerId: string): Promise<void> {
    const { random, commandsPerSecond = COMMANDS_PER_SECOND } = this.#options;
    const shopper = new Shopper({
      customerId,
      workload: 'storm',
      random: random.named(`luck of ${customerId}`),
      commander: this.commander(customerId, customerId),
      shelf: this.shelf.filter(({ id }) => id !== 'prod_canary'),
      thinkMs: (SHOPPERS * 1_000) / commandsPerSecond,
      onOrder: (orderId, ofCustomer) => this.#watch(orderId, ofCustomer),
    });
    return shopper.shop(this.#closing.signal);
  }

  #watch(orderId: string, customerId: string): void {
    const { random, urls } = this.#options;
    const watcher = new Watcher({ orderId, customerId, random: random.named(orderId), gateways: urls(), drop: 0 });
    this.watchers.push(watcher);
    this.#watches.push(watcher.follow(this.#watching.signal));
  }
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
