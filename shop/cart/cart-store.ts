import type { Refusal } from '../../ui/client/outcome.ts';
import type { ShopCartFragment } from '../../ui/generated/operations.ts';
import type { CartAnswer, CartCommands } from './cart-commands.ts';

export interface CartState {
  /** As panier knows it; null while there is none, or none was seen yet. */
  readonly cart: ShopCartFragment | null;
  /** Quantities that were asked for and are not answered yet, by product. */
  readonly wanted: ReadonlyMap<string, number>;
  /** What is being put in, by product. */
  readonly adding: ReadonlyMap<string, number>;
  /** Why the last change was not made, by product; `UNAVAILABLE`: it is not made yet, and asked again. */
  readonly refusals: ReadonlyMap<string, Refusal>;
  /** The cart that panier does not know, though the visit keeps it; null: none. */
  readonly goneId: string | null;
}

export interface CartParts {
  readonly commands: CartCommands;
  readonly cartId: () => string | null;
  readonly keepCart: (cartId: string) => void;
  readonly newKey: () => string;
  /** Settles when what was not answered is worth asking again. */
  readonly again: () => Promise<void>;
}

const EMPTY: CartState = { cart: null, wanted: new Map(), adding: new Map(), refusals: new Map(), goneId: null };

/** That cart takes no more: a new one does. */
const IS_OVER: readonly string[] = ['CART_CHECKED_OUT', 'CART_MERGED', 'NOT_FOUND'];

type Counts = ReadonlyMap<string, number>;

const plus = (counts: Counts, key: string, by: number): Counts => {
  const next = new Map(counts);
  const count = (counts.get(key) ?? 0) + by;
  if (count <= 0) next.delete(key);
  else next.set(key, count);
  return next;
};

const without = <Value>(entries: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> =>
  new Map([...entries].filter(([each]) => each !== key));

/** The cart: what panier says of it, and what was asked for meanwhile. One change goes out after the other. */
export class CartStore {
  readonly #parts: CartParts;
  readonly #told = new Set<() => void>();
  #state = EMPTY;
  #last: Promise<void> = Promise.resolve();

  constructor(parts: CartParts) {
    this.#parts = parts;
  }

  readonly state = (): CartState => this.#state;

  readonly subscribe = (tell: () => void): (() => void) => {
    this.#told.add(tell);
    return () => void this.#told.delete(tell);
  };

  /** The cart as somebody read it: an older one of the same cart changes nothing. */
  readonly take = (cart: ShopCartFragment): void => {
    const { cart: known } = this.#state;
    if (known?.id === cart.id && known.version > cart.version) return;
    this.#become({ cart, goneId: null });
  };

  /** Told that there is none, or that panier does not know the one that is kept. */
  readonly forget = (goneId: string | null): void => this.#become({ ...EMPTY, goneId });

  /** Puts so many more in. */
  add(productId: string, quantity: number): Promise<void> {
    this.#become({
      adding: plus(this.#state.adding, productId, quantity),
      refusals: without(this.#state.refusals, productId),
    });
    return this.#next(async () => {
      const answer = await this.#added(productId, quantity);
      this.#become({ adding: plus(this.#state.adding, productId, -quantity) });
      this.#settle(productId, answer);
    });
  }

  /** Makes them so many; 0 takes them out. Of several wishes in a row, the last one counts. */
  want(productId: string, quantity: number): Promise<void> {
    const wanted = new Map([...this.#state.wanted, [productId, quantity] as const]);
    this.#become({ wanted, refusals: without(this.#state.refusals, productId) });
    return this.#next(() => this.#set(productId));
  }

  async #set(productId: string): Promise<void> {
    const { cart, wanted } = this.#state;
    const quantity = wanted.get(productId);
    const item = cart?.items.find((each) => each.productId === productId);
    if (quantity === undefined) return;
    if (cart !== null && item !== undefined && item.quantity !== quantity) {
      const { id: cartId, version: expectedVersion } = cart;
      const idempotencyKey = this.#parts.newKey();
      const input = { cartId, cartItemId: item.id, quantity, expectedVersion, idempotencyKey };
      this.#settle(productId, await this.#answered(productId, () => this.#parts.commands.set(input)));
    }
    // Clicked once more meanwhile: that wish waits its turn.
    if (this.#state.wanted.get(productId) === quantity)
      this.#become({ wanted: without(this.#state.wanted, productId) });
  }

  async #added(productId: string, quantity: number): Promise<CartAnswer> {
    const cartId = this.#parts.cartId();
    if (cartId === null) return this.#addedToNew(productId, quantity);
    const answer = await this.#addedTo(cartId, productId, quantity);
    const isOver = answer.kind === 'Refused' && IS_OVER.includes(answer.code);
    return isOver ? this.#addedToNew(productId, quantity) : answer;
  }

  async #addedToNew(productId: string, quantity: number): Promise<CartAnswer> {
    // The same key in every tab: two that need a cart at one time have one together.
    const key = `cart-after-${this.#parts.cartId() ?? 'none'}`;
    const made = await this.#answered(productId, () => this.#parts.commands.create(key));
    if (made.kind === 'Refused') return made;
    this.#parts.keepCart(made.value.id);
    return this.#addedTo(made.value.id, productId, quantity);
  }

  #addedTo(cartId: string, productId: string, quantity: number): Promise<CartAnswer> {
    const input = { cartId, productId, quantity, idempotencyKey: this.#parts.newKey() };
    return this.#answered(productId, () => this.#parts.commands.add(input));
  }

  /** Asked by one key until panier answers: what was put in while it was away would be gone when it is back. */
  async #answered(productId: string, ask: () => Promise<CartAnswer>): Promise<CartAnswer> {
    const answer = await ask();
    if (answer.kind === 'Done' || answer.code !== 'UNAVAILABLE') return answer;
    this.#refuse(productId, answer);
    await this.#parts.again();
    return this.#answered(productId, ask);
  }

  #settle(productId: string, answer: CartAnswer): void {
    if (answer.kind === 'Refused') return this.#refuse(productId, answer);
    this.#become({ refusals: without(this.#state.refusals, productId) });
    // Of a visit that has ended meanwhile it is nobody's.
    if (answer.value.id === this.#parts.cartId()) this.take(answer.value);
  }

  #refuse(productId: string, refusal: Refusal): void {
    this.#become({ refusals: new Map([...this.#state.refusals, [productId, refusal]]) });
  }

  #next(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work);
    return this.#last;
  }

  #become(change: Partial<CartState>): void {
    this.#state = { ...this.#state, ...change };
    for (const tell of this.#told) tell();
  }
}

/** Whether the cart that is kept was not seen yet. */
export const isAwaited = ({ cart, goneId }: CartState, cartId: string | null): boolean =>
  cart === null && cartId !== null && goneId !== cartId;

/** How many are in the cart, with what is being put in or changed. */
export const countOf = ({ cart, wanted, adding }: CartState): number => {
  const items = cart?.status === 'OPEN' ? cart.items : [];
  const there = items.reduce((sum, { productId, quantity }) => sum + (wanted.get(productId) ?? quantity), 0);
  return [...adding.values()].reduce((sum, quantity) => sum + quantity, there);
};
