import { useLive } from '../../ui/client/use-live.ts';
import { useRepeated } from '../../ui/client/use-repeated.ts';
import {
  DeadLetterList,
  DeadLettersSettled,
  StuckOrderGroups,
  type StuckOrderGroupsQuery,
  StuckOrderList,
  type StuckOrderListQuery,
} from '../../ui/generated/operations.ts';
import { type Letter, subjectOf } from '../dead-letters/letter.ts';
import { useMay } from '../sign-in/viewer-context.ts';

const PAGE_SIZE = 25;
const MOST_LETTERS = 100;
const EVERY_MS = 3_000;

const NONE: StuckOrderGroupsQuery['consumerGroups'] = [];

export type StuckOrder = StuckOrderListQuery['stuckOrders']['edges'][number]['node'];

/** The open dead letters by what they are about; of several, the oldest. */
const bySubject = (letters: readonly Letter[]): ReadonlyMap<string, Letter> =>
  new Map(letters.toReversed().map((letter) => [subjectOf(letter) ?? '', letter]));

/** The orders that nothing has happened to for so long, which dead letter holds up which, and how the groups fare; anew every three seconds. */
export const useStuckOrders = (olderThanSeconds: number) => {
  const mayRead = useMay('events:read');
  const orders = useRepeated({
    document: StuckOrderList,
    variables: { first: PAGE_SIZE, olderThanSeconds },
    everyMs: EVERY_MS,
  });
  const letters = useRepeated({
    document: DeadLetterList,
    variables: mayRead ? { first: MOST_LETTERS } : null,
    everyMs: EVERY_MS,
  });
  const groups = useRepeated({
    document: StuckOrderGroups,
    variables: mayRead ? {} : null,
    everyMs: EVERY_MS,
  });
  useLive({
    document: DeadLettersSettled,
    variables: mayRead ? { after: null } : null,
    onUpdate: () => {
      orders.askSoon();
      letters.askSoon();
    },
  });
  return {
    orders,
    letters: bySubject(letters.data?.deadLetters.edges.map(({ node }) => node) ?? []),
    readers: groups.data?.consumerGroups ?? NONE,
  };
};
