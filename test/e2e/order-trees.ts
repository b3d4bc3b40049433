import type { Tree } from './recorded-spans.ts';

export const AUDIT = 'event-audit-api';
export const SAGA = 'inventory-saga-consumer';
export const API = 'ecommerce-api';

/** How each event ends up in the event store. */
export const stored = (type: string): Tree => ({ [`process ${type} ${AUDIT}`]: {} });
/** What the saga makes of an order's end. */
export const sold = (type: string): Tree => ({ [`process ${type} ${SAGA}`]: {} });

/** What begins with the commit of a checkout, of an order that is reserved; and what is below that. */
export const checkedOut = (reserved: Tree): Tree => ({
  ...stored('CartCheckedOut'),
  ...stored('OrderCreated'),
  [`process OrderCreated ${SAGA}`]: { 'decide StockReserved': { ...stored('StockReserved'), ...reserved } },
});

/** The whole trace of a checkout, by what is below its commit; its payment method is looked at where it is handed in. */
export const checkout = (commit: Tree, further: Tree = {}): Tree => ({
  'POST /graphql': { 'mutation Checkout': { 'command checkout': { commit, ...further } } },
});

export const KIND: Tree = { 'provider kindOf': {} };
export const REACTION = `process StockReserved ${API}`;

/** A charge that succeeds, and what else its commit brings about. */
export const charged = (further: Tree = {}): Tree => ({
  'task charge': {
    'provider charge': {},
    commit: { ...stored('PaymentSucceeded'), ...stored('OrderConfirmed'), ...sold('OrderConfirmed'), ...further },
  },
});
