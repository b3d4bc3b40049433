import type { CombinedError } from '@urql/core';
import type { ClientOptions } from 'graphql-ws';

/** How the page's WebSocket stands. `Idle`: nothing on the page asks for one. */
export type ConnectionState =
  | { readonly kind: 'Idle' }
  | { readonly kind: 'Connecting' }
  | { readonly kind: 'Open' }
  | { readonly kind: 'Waiting'; readonly untilMs: number };

/** Whether the page hears of changes; it says so when it does not. */
export class Connection {
  #state: ConnectionState = { kind: 'Idle' };
  #lost: readonly CombinedError[] = [];
  readonly #told = new Set<() => void>();

  readonly subscribe = (tell: () => void): (() => void) => {
    this.#told.add(tell);
    return () => void this.#told.delete(tell);
  };

  readonly state = (): ConnectionState => this.#state;

  /** Why something on the page hears of no changes any more, though it is connected; null: everything does. */
  readonly lost = (): CombinedError | null => this.#lost[0] ?? null;

  /** Told of a subscription that an error has ended for good. Answers with what takes that back. */
  readonly lose = (error: CombinedError): (() => void) => {
    this.#lost = [...this.#lost, error];
    this.#tell();
    return () => {
      this.#lost = this.#lost.filter((each) => each !== error);
      this.#tell();
    };
  };

  get listeners(): NonNullable<ClientOptions['on']> {
    return {
      connecting: (isRetry) => {
        if (!isRetry) this.#become({ kind: 'Connecting' });
      },
      connected: () => this.#become({ kind: 'Open' }),
      closed: (event) => {
        if (event instanceof CloseEvent && event.code === 1000) this.#become({ kind: 'Idle' });
      },
    };
  }

  /** Until the time is over, or the browser finds its network again. */
  waited(ms: number): Promise<void> {
    this.#become({ kind: 'Waiting', untilMs: Date.now() + ms });
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        removeEventListener('online', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      addEventListener('online', end);
    });
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const tell of this.#told) tell();
  }
}
