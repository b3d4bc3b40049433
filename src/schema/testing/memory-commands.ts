import type { Saga } from '../../saga/index.ts';
import type { Upkeep } from '../../upkeep/index.ts';
import type { WebhookEndpoints } from '../../webhooks/index.ts';
import type { Operations, Write } from '../../write/index.ts';
import type { Modules } from '../context.ts';

export const notOffered = (): never => {
  throw new Error('The test offers no such command.');
};

export const WRITE: Write = {
  createCart: notOffered,
  addCartItem: notOffered,
  addCartItems: notOffered,
  setCartItemQuantity: notOffered,
  removeCartItem: notOffered,
  clearCart: notOffered,
  checkOut: notOffered,
  claimCarts: notOffered,
  claimantOf: async () => null,
  payOrder: notOffered,
  cancelOrder: notOffered,
  reorder: notOffered,
  upsertProduct: notOffered,
  cart: async () => null,
  order: async () => null,
  product: async () => null,
  handle: notOffered,
  nextAction: notOffered,
  openOperations: () => OPERATIONS,
  paymentNotices: null,
  startTasks: notOffered,
};

export const OPERATIONS: Operations = { retryDeadLetter: notOffered, discardDeadLetter: notOffered };

export const SAGA: Saga = {
  keeper: 'Ledger',
  adjustStock: notOffered,
  moveStock: notOffered,
  stockLevel: async () => null,
  productStock: async () => null,
  available: async () => null,
  undelivered: async () => [],
  handle: notOffered,
  startCalls: notOffered,
};

export const WEBHOOKS: WebhookEndpoints = {
  create: notOffered,
  update: notOffered,
  rotateSecret: notOffered,
  remove: notOffered,
  resume: notOffered,
  redeliver: notOffered,
  all: async () => [],
  find: async () => null,
  behind: async () => 0,
};

export const MONITORING: Modules['monitoring'] = {
  consumerGroups: async () => [],
  backlog: async () => ({ outboxes: [], readSideSeconds: null }),
  processes: async () => [],
};

export const UPKEEP: Upkeep = {
  startVerification: notOffered,
  startReplay: notOffered,
  cancel: notOffered,
  last: async () => [],
  find: async () => null,
};
