import { Random } from '../../support/random.ts';
import { type Bought, buy } from './buyer.ts';
import { Callers } from './callers.ts';
import { stock } from './catalogue.ts';
import { type Client, openClient } from './client.ts';
import { playOf } from './plays.ts';

/** So many-th orders are watched, or are part of a trace of their customer's; neither goes into the plays' hundred. */
const WATCHED = 21;
const TRACED = 3;
const CUSTOMERS = 500;

export interface CrowdOptions {
  readonly gateways: readonly string[];
  readonly orders: number;
  readonly atOnce: number;
  readonly seed: number;
  /** Told how many orders are placed, after each. */
  readonly onOrder?: (placed: number) => void;
}

/** Customers who buy by the API. */
export class Crowd {
  readonly bought: Bought[] = [];
  readonly callers: Callers;
  readonly #options: CrowdOptions;
  readonly #random: Random;
  readonly #leaving = new AbortController();
  #next = 0;

  constructor(options: CrowdOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    this.callers = new Callers(this.#random.named('callers'));
  }

  /** Buys until there are as many orders as there are to be; those that are watched may go on. @throws on any that fails */
  async shop(): Promise<void> {
    await using opened = new AsyncDisposableStack();
    const doors = this.#options.gateways.map((url) => ({ url, client: opened.use(openClient(url)) }));
    const [first] = doors;
    if (first === undefined) throw new Error('There is no gateway to buy at.');
    await stock(first.client);
    const work = async (): Promise<void> => {
      for (let nth = this.#next++; nth < this.#options.orders; nth = this.#next++)
        await this.#buy(nth, doors[nth % doors.length] ?? first);
    };
    await Promise.all(Array.from({ length: this.#options.atOnce }, work));
  }

  /** Ends what is still watched. */
  leave(): void {
    this.#leaving.abort();
  }

  async #buy(nth: number, door: { readonly url: string; readonly client: Client }): Promise<void> {
    const bought = await buy({
      ...door,
      play: playOf(nth),
      customerId: `customer_${nth % CUSTOMERS}`,
      random: this.#random,
      traceparent: () => (nth % TRACED === 0 ? this.callers.traceparent() : null),
      isWatched: nth % WATCHED === 0,
      signal: this.#leaving.signal,
    });
    this.bought.push(bought);
    this.#options.onOrder?.(this.bought.length);
  }
}
