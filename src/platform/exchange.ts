import { AsyncLocalStorage } from 'node:async_hooks';

/** What somebody outside began and panier answers: a request, or a WebSocket; or what a server says on a connection of panier's. */
export interface Exchange {
  readonly kind: 'Request' | 'WebSocket' | 'Server';
  /** Ends it at once, without an answer. Must not throw. */
  readonly breakOff: () => void;
}

const exchanges = new AsyncLocalStorage<Exchange>();

/** Does the work in the exchange's name: what is thrown in it or in what it began, and caught by nobody, is the exchange's. */
export const within = <T>(exchange: Exchange, work: () => T): T => exchanges.run(exchange, work);

/** The exchange in whose name the caller runs; undefined when it runs in nobody's. */
export const currentExchange = (): Exchange | undefined => exchanges.getStore();
