import { randomUUID } from 'node:crypto';
import { sleep } from '../../../src/platform/index.ts';
import { ask, send } from './client.ts';
import type { History } from './history.ts';
import type { Answer, Operation } from './operation.ts';
import { CANARY } from './shelf.ts';

const POLL_MS = 100;
const CUSTOMER = 'customer_canary';

interface Canary {
  readonly url: string;
  readonly history: History;
  readonly deadlineMs: number;
}

const insist = async ({ url, history, deadlineMs }: Canary, operation: Operation): Promise<Answer> => {
  const { command, note } = history.begin({ ...operation, customerId: CUSTOMER, key: `canary-${randomUUID()}` });
  while (performance.now() < deadlineMs) {
    const outcome = await send({ ...command, url });
    note(outcome);
    if (outcome.type === 'Answered') return outcome.answer;
    await sleep(POLL_MS);
  }
  throw new Error(`${operation.name} was not answered in time`);
};

const idOf = (answer: Answer): string => {
  if (answer.__typename === 'Rejection') throw new Error(`rejected with ${answer.code}`);
  return answer.id;
};

const statusOf = async (url: string, orderId: string): Promise<string | null> => {
  try {
    const query = 'query ($id: ID!) { order(id: $id) { status } }';
    const { data } = await ask({ url, customerId: CUSTOMER, query, variables: { id: orderId } });
    return (data?.['order'] as { readonly status: string } | null | undefined)?.status ?? null;
  } catch {
    return null;
  }
};

const buy = async (canary: Canary): Promise<string> => {
  const cartId = idOf(await insist(canary, { name: 'createCart', input: { customerId: CUSTOMER } }));
  await insist(canary, { name: 'addCartItem', input: { cartId, productId: CANARY.id, quantity: 1 } });
  const checkout = { name: 'checkout', input: { cartId, paymentMethod: 'pm_card_visa' } } as const;
  return idOf(await insist(canary, checkout));
};

interface Flight {
  readonly url: string;
  readonly history: History;
  readonly patienceMs: number;
  /** Whether an order may end otherwise, as when its inventory is away for too long: then another is begun. */
  readonly mayBeRefused: boolean;
}

/** Buys one thing through one gateway, to the end. Returns the milliseconds it took. @throws when it takes too long */
export const flyCanary = async ({ url, history, patienceMs, mayBeRefused }: Flight): Promise<number> => {
  const startedAt = performance.now();
  const canary = { url, history, deadlineMs: startedAt + patienceMs };
  let orderId = await buy(canary);
  while (performance.now() < canary.deadlineMs) {
    const status = await statusOf(url, orderId);
    if (status === 'CONFIRMED') return performance.now() - startedAt;
    if (mayBeRefused && (status === 'REJECTED' || status === 'CANCELLED')) orderId = await buy(canary);
    await sleep(POLL_MS);
  }
  throw new Error(`${orderId} was not confirmed in time`);
};
