import type { CombinedError } from '@urql/core';
import { assertNever } from '../../ui/assert-never.ts';
import type { OrderFollowedSubscription, OrderHeadFragment, OrderOpenedQuery } from '../../ui/generated/operations.ts';
import { type Step, type Steps, withSteps } from './saga/steps.ts';

export type OrderHead = OrderHeadFragment;
export type OrderLines = NonNullable<OrderOpenedQuery['order']>['lines'];
type Update = OrderFollowedSubscription['orderStatus'];

/** An order as the page has it. */
export type OrderState =
  | { readonly kind: 'Loading' }
  | { readonly kind: 'Missing' }
  | { readonly kind: 'Failed'; readonly error: CombinedError }
  | ShownOrder;

export interface ShownOrder {
  readonly kind: 'Shown';
  readonly head: OrderHead;
  readonly lines: OrderLines;
  readonly steps: Steps;
}

export type OrderNews =
  | { readonly kind: 'Asked' }
  | { readonly kind: 'Opened'; readonly order: OrderOpenedQuery['order'] }
  | { readonly kind: 'Failed'; readonly error: CombinedError }
  | { readonly kind: 'Came'; readonly steps: readonly Step[] }
  | { readonly kind: 'Followed'; readonly updates: readonly Update[] };

const opened = (order: OrderOpenedQuery['order']): OrderState => {
  if (order === null) return { kind: 'Missing' };
  const { lines, steps, ...head } = order;
  return { kind: 'Shown', head, lines, steps: withSteps([], steps, order.revision) };
};

const followed = (state: ShownOrder, updates: readonly Update[]): ShownOrder => {
  const head = updates.at(-1)?.order ?? state.head;
  const came = updates.flatMap(({ step }) => step ?? []);
  return { ...state, head, steps: withSteps(state.steps, came, head.revision) };
};

/** The order after something was heard of it. */
export const orderAfter = (state: OrderState, news: OrderNews): OrderState => {
  if (news.kind === 'Asked') return { kind: 'Loading' };
  if (news.kind === 'Opened') return opened(news.order);
  if (state.kind !== 'Shown') return news.kind === 'Failed' ? { kind: 'Failed', error: news.error } : state;
  switch (news.kind) {
    case 'Failed':
      return state;
    case 'Came':
      return { ...state, steps: withSteps(state.steps, news.steps, state.head.revision) };
    case 'Followed':
      return followed(state, news.updates);
  }
  return assertNever(news);
};
