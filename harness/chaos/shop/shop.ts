import { ignored, sleep } from '../../../src/platform/index.ts';
import type { ForeignInventory } from '../../inventory/index.ts';
import type { Random } from '../../support/random.ts';
import { type Auditor, openAuditor } from './auditor.ts';
import { openCommander } from './commander.ts';
import { History } from './history.ts';
import { type Probed, Prober } from './prober.ts';
import { type Article, shelfOf, type Workload } from './shelf.ts';
import { Shopper } from './shopper.ts';
import { Watcher, type WatcherOptions } from './watcher.ts';

/** How many come in at first, and whenever more are let in. */
const PARTY = 32;
const WATCHED = 0.25;
/** Two who follow the same order are told the same. */
const TWICE = 0.25;
const MAX_WATCHERS = 40;
const RESTOCK_MS = 5_000;
const POLL_MS = 100;

export interface ShopOptions {
  readonly random: Random;
  readonly workload: Workload;
  readonly rate: number;
  readonly gateways: readonly string[];
  /** Null where panier keeps the stock: its operator tells it of deliveries. */
  readonly inventory: ForeignInventory | null;
}

/** What an operator received who followed the event store. */
export interface Audited {
  readonly eventIds: readonly string[];
  readonly errors: readonly string[];
}

/** The shop's customers, and the operator who fills its shelves. */
export class Shop {
  readonly history = new History();
  readonly watchers: Watcher[] = [];
  readonly shelf: readonly Article[];
  readonly #options: ShopOptions;
  readonly #closing = new AbortController();
  readonly #watching = new AbortController();
  readonly #activities: Promise<void>[] = [];
  readonly #watches = new Set<Promise<void>>();
  #shoppers = 0;
  #orders = 0;
  readonly #prober: Prober;
  #auditor: Auditor | null = null;
  #audit = Promise.resolve();

  constructor(options: ShopOptions) {
    this.#options = options;
    const { random, gateways } = options;
    this.#prober = new Prober({ random: random.named('intruder'), gateways, history: this.history });
    this.shelf = shelfOf(options.workload, random.named('shelf'));
  }

  /** Fills the shelves. @throws when that fails: a run needs its stock. */
  async stock(): Promise<void> {
    const { inventory } = this.#options;
    const operator = this.#commander('operator', null);
    for (const { id, price, stock } of this.shelf) {
      const input = { id, name: id, price: { amount: price, currency: 'EUR' } };
      // An upsert that nobody answered may come after the delivery, which would then rightly be of no known product.
      while ((await operator.perform({ name: 'upsertProduct', input })) === null);
      if (inventory !== null) await inventory.stock({ [id]: stock });
      else
        await operator.perform({
          name: 'adjustStock',
          input: { productId: id, delta: stock, reason: 'first delivery' },
        });
    }
  }

  /** Lets the shoppers in, and begins to follow the event store. @throws when it is empty */
  async open(): Promise<void> {
    const { random, gateways } = this.#options;
    this.#auditor = await openAuditor({ random: random.named('auditor'), gateways });
    this.#audit = this.#auditor.follow(this.#watching.signal);
    this.letIn();
    this.#activities.push(this.#restock(), this.#prober.run(this.#closing.signal));
    this.history.takeRate();
  }

  /** Lets another party of shoppers in. */
  letIn(): void {
    for (let left = PARTY; left > 0; left -= 1) {
      this.#shoppers += 1;
      this.#activities.push(this.#shopper(`customer_${this.#shoppers}`));
    }
  }

  get shoppers(): number {
    return this.#shoppers;
  }

  /** Sends everybody home; those who watch an order stay. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#activities);
  }

  get probed(): readonly Probed[] {
    return this.#prober.probed;
  }

  /** What was received of the event store, from its first event on. */
  get audited(): Audited {
    return { eventIds: this.#auditor?.eventIds ?? [], errors: this.#auditor?.errors ?? [] };
  }

  /** Resolves when every watched order has come to its end and all `events` were received, or after `ms`. */
  async untilWatched({ events, ms }: { readonly events: number; readonly ms: number }): Promise<void> {
    const deadline = performance.now() + ms;
    await Promise.race([Promise.all(this.#watches), sleep(ms)]);
    while (this.audited.eventIds.length < events && performance.now() < deadline) await sleep(POLL_MS);
    this.#watching.abort();
    await Promise.all([...this.#watches, this.#audit]);
  }

  #commander(name: string, customerId: string | null) {
    const { random, gateways } = this.#options;
    return openCommander({
      name,
      customerId,
      random: random.named(`clicks of ${name}`),
      gateways,
      history: this.history,
    });
  }

  #shopper(customerId: string): Promise<void> {
    const { random, workload, rate } = this.#options;
    const shopper = new Shopper({
      customerId,
      workload,
      random: random.named(customerId),
      commander: this.#commander(customerId, customerId),
      shelf: this.shelf.filter(({ id }) => id !== 'prod_canary'),
      thinkMs: (PARTY * 1_000) / Math.max(1, rate),
      onOrder: (orderId, ofCustomer) => this.#watch(orderId, ofCustomer),
    });
    return shopper.shop(this.#closing.signal);
  }

  #watch(orderId: string, customerId: string): void {
    this.#orders += 1;
    const random = this.#options.random.named(`watcher ${this.#orders}`);
    if (!random.chance(WATCHED) || this.#watches.size >= MAX_WATCHERS) return;
    this.#follow({ orderId, customerId, random });
    if (random.chance(TWICE)) this.#follow({ orderId, customerId, random: random.named('the other') });
  }

  #follow(watched: Pick<WatcherOptions, 'orderId' | 'customerId' | 'random'>): void {
    const watcher = new Watcher({ ...watched, gateways: this.#options.gateways });
    this.watchers.push(watcher);
    const followed: Promise<void> = watcher.follow(this.#watching.signal).finally(() => this.#watches.delete(followed));
    this.#watches.add(followed);
  }

  /** Hot goods sell out; now and then a few more come in. */
  async #restock(): Promise<void> {
    const { signal } = this.#closing;
    const random = this.#options.random.named('restock');
    const { inventory } = this.#options;
    const operator = this.#commander('restock', null);
    const hot = this.shelf.filter(({ isHot }) => isHot);
    while (!signal.aborted) {
      await sleep(RESTOCK_MS, signal);
      const input = { productId: random.pick(hot).id, delta: random.integer(1, 8), reason: 'delivery' };
      // An inventory that is down takes no delivery; the next one is soon.
      if (inventory !== null) await inventory.deliver({ [input.productId]: input.delta }).catch(ignored);
      else await operator.perform({ name: 'adjustStock', input });
    }
  }
}
