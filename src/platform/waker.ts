/** Without a reason, an error would be made for it. */
const WOKEN = 'woken';

/** Wakes who sleeps between two looks at what there is to do. */
export class Waker {
  #waking = new AbortController();

  /** What comes up from now on has not been looked at: the signal tells of it. */
  listen(): AbortSignal {
    this.#waking = new AbortController();
    return this.#waking.signal;
  }

  wake(): void {
    this.#waking.abort(WOKEN);
  }
}
