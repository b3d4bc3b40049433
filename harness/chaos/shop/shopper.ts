import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import type { Commander } from './commander.ts';
import type { CartAnswer, Input, OrderAnswer } from './operation.ts';
import type { Article, Workload } from './shelf.ts';

const HOT = 0.1;
const DECLINED = 0.3;
const UNUSUAL = 0.15;
const MAX_PATIENCE_MS = 1_500;

export interface ShopperOptions {
  readonly customerId: string;
  readonly random: Random;
  readonly commander: Commander;
  readonly shelf: readonly Article[];
  readonly workload: Workload;
  /** Mean time between two actions. */
  readonly thinkMs: number;
  readonly onOrder: (orderId: string, customerId: string) => void;
}

/** A customer who fills carts and orders, until the signal. */
export class Shopper {
  readonly #options: ShopperOptions;

  constructor(options: ShopperOptions) {
    this.#options = options;
  }

  async shop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#think();
      const cart = await this.#openCart();
      if (cart !== null && !signal.aborted) await this.#fillAndOrder(cart, signal);
    }
  }

  async #openCart(): Promise<string | null> {
    const { customerId, commander } = this.#options;
    const answer = await commander.perform({ name: 'createCart', input: { customerId } });
    return answer?.__typename === 'Cart' ? answer.id : null;
  }

  async #fillAndOrder(cartId: string, signal: AbortSignal): Promise<void> {
    const { random } = this.#options;
    let cart: CartAnswer | null = null;
    for (let left = random.integer(1, 5); left > 0 && !signal.aborted; left -= 1) {
      await this.#think();
      cart = (await this.#change(cartId, cart)) ?? cart;
    }
    if (signal.aborted || random.chance(0.1)) return;
    const order = await this.#checkOut(cartId);
    if (order === null) return;
    this.#options.onOrder(order.id, this.#options.customerId);
    await this.#settle(order.id);
  }

  async #change(cartId: string, cart: CartAnswer | null): Promise<CartAnswer | null> {
    const { random, commander } = this.#options;
    const item = cart !== null && cart.items.length > 0 && random.chance(0.3) ? random.pick(cart.items) : null;
    const answer =
      item === null
        ? await commander.perform({ name: 'addCartItem', input: this.#wish(cartId) })
        : random.chance(0.5)
          ? await commander.perform({
              name: 'setCartItemQuantity',
              input: { cartId, cartItemId: item.id, quantity: random.integer(0, 3) },
            })
          : await commander.perform({ name: 'removeCartItem', input: { cartId, cartItemId: item.id } });
    return answer?.__typename === 'Cart' ? answer : null;
  }

  #wish(cartId: string): Input {
    const { random, shelf } = this.#options;
    const isHot = random.chance(HOT);
    const articles = shelf.filter((article) => article.isHot === isHot);
    const { id } = random.pick(articles.length > 0 ? articles : shelf);
    return { cartId, productId: id, quantity: random.integer(1, 3) };
  }

  /** In a race, two tabs check out the same cart at once. */
  async #checkOut(cartId: string): Promise<OrderAnswer | null> {
    const { random, commander, workload } = this.#options;
    const input = { cartId, ...(random.chance(0.5) && { paymentMethod: this.#card() }) };
    const tabs = workload === 'race' && random.chance(0.5) ? 2 : 1;
    const answers = await Promise.all(
      Array.from({ length: tabs }, () => commander.perform({ name: 'checkout', input })),
    );
    return answers.find((answer) => answer?.__typename === 'Order') ?? null;
  }

  /** Pays, cancels, does both at once, or leaves it to expire. */
  async #settle(orderId: string): Promise<void> {
    const { random, commander, workload } = this.#options;
    const pay = () => commander.perform({ name: 'payOrder', input: { orderId, paymentMethod: this.#card() } });
    const cancel = () => commander.perform({ name: 'cancelOrder', input: { orderId, reason: 'changed my mind' } });
    await sleep(random.between(0, random.chance(0.5) ? 50 : MAX_PATIENCE_MS));
    const luck = random.next();
    if (workload === 'race' ? luck < 0.4 : luck < 0.1) await Promise.all([pay(), cancel()]);
    else if (luck < 0.75) await pay();
    else if (luck < 0.9) await cancel();
  }

  #card(): string {
    const { random } = this.#options;
    if (random.chance(UNUSUAL)) return random.pick(['pm_flaky', 'pm_pending', 'pm_card_authenticationRequired']);
    return random.chance(DECLINED) ? 'pm_card_chargeDeclined' : 'pm_card_visa';
  }

  async #think(): Promise<void> {
    const { random, thinkMs } = this.#options;
    await sleep(random.between(0, 2 * thinkMs));
  }
}
