import { expect } from 'vitest';
import type { WatchOrderSubscription } from '../../src/cli/client.ts';
import type { Order } from './shop.ts';
import type { watchEverywhere } from './watch-order.ts';

type Updates = readonly WatchOrderSubscription['orderStatus'][];

const FINAL: readonly Order['status'][] = ['CONFIRMED', 'REJECTED', 'CANCELLED'];

/** A snapshot, then each later step once and in order, up to the first one that is final: what comes later does not change the end. */
export const expectSnapshotAndSteps = (updates: Updates, { steps, status }: Order): void => {
  const [snapshot, ...later] = updates;
  const end = steps.findIndex((step) => FINAL.includes(step.status)) + 1;
  expect(snapshot?.step).toBeNull();
  expect(later.map(({ step }) => step)).toEqual(steps.slice(snapshot?.order.revision, end));
  expect(later.map(({ order }) => order.revision)).toEqual(later.map(({ step }) => step?.revision));
  expect(updates.at(-1)?.order.status).toBe(status);
};

/** What every way of watching must have in common. */
export const expectAgreement = ({ polled, subscribed }: Awaited<ReturnType<typeof watchEverywhere>>): void => {
  const { revisions, order } = polled;
  expect(order.steps.map(({ revision }) => revision)).toEqual(order.steps.map((_, index) => index + 1));
  expect(order.steps).toHaveLength(order.revision);
  expect(order.steps.at(-1)?.status).toBe(order.status);
  expect(revisions).toEqual(revisions.toSorted((one, other) => one - other));
  for (const updates of subscribed) expectSnapshotAndSteps(updates, order);
};
