import type { Handler } from './call.ts';
import { charges, disputes, events, paymentMethods, refunds } from './others.ts';
import { paymentIntents } from './payment-intents.ts';
import { searchIntents } from './search.ts';

export interface Route {
  readonly handle: Handler;
  readonly id: string;
}

const tableOf = (searchLagMs: number): Readonly<Record<string, Handler>> => ({
  'POST payment_intents': paymentIntents.create,
  'GET payment_intents': paymentIntents.list,
  'GET payment_intents/search': searchIntents(searchLagMs),
  'GET payment_intents/:id': paymentIntents.retrieve,
  'POST payment_intents/:id': paymentIntents.update,
  'POST payment_intents/:id/confirm': paymentIntents.confirm,
  'POST payment_intents/:id/cancel': paymentIntents.cancel,
  'GET payment_methods/:id': paymentMethods.retrieve,
  'POST refunds': refunds.create,
  'GET refunds': refunds.list,
  'GET refunds/:id': refunds.retrieve,
  'GET charges': charges.list,
  'GET charges/:id': charges.retrieve,
  'GET disputes': disputes.list,
  'GET disputes/:id': disputes.retrieve,
  'POST disputes/:id/close': disputes.close,
  'GET events': events.list,
  'GET events/:id': events.retrieve,
});

/** Finds what carries out a request of a method to a path below /v1/. */
export const openRoutes = (searchLagMs: number) => {
  const table = tableOf(searchLagMs);
  return (method: string, path: string): Route | undefined => {
    const [collection = '', id = '', ...rest] = path.split('/').map(decodeURIComponent);
    const plain = [collection, id, ...rest].filter((part) => part !== '').join('/');
    const exact = table[`${method} ${plain}`];
    if (exact !== undefined) return { handle: exact, id: '' };
    const handle = table[`${method} ${[collection, ':id', ...rest].join('/')}`];
    return handle === undefined || id === '' ? undefined : { handle, id };
  };
};
