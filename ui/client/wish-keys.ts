import { intentKey } from './intent-key.ts';
import { mayBeDone, type Outcome } from './outcome.ts';

/**
 * An idempotencyKey for each wish, the same until panier has answered: whoever asks again does not ask twice. Behind an answer the
 * same wish is another command: by the old key panier would give its old answer again, for a day.
 */
export class WishKeys {
  readonly #keys = new Map<string, string>();

  keyOf(wish: string): string {
    const key = this.#keys.get(wish) ?? intentKey();
    this.#keys.set(wish, key);
    return key;
  }

  settle(wish: string, outcome: Outcome<unknown>): void {
    if (!mayBeDone(outcome)) this.#keys.delete(wish);
  }
}
