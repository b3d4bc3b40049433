import { answerOf, type History } from './history.ts';

/** A cart or an order, and whose it is. */
export interface Owned {
  readonly kind: 'cart' | 'order';
  readonly id: string;
  readonly owner: string;
}

const RECENT = 400;

/** What the customers were told lately that is theirs. */
export const recentlyOwned = ({ commands }: History): readonly Owned[] =>
  commands.slice(-RECENT).flatMap((command): readonly Owned[] => {
    const answer = answerOf(command);
    const owner = command.customerId;
    if (owner === null) return [];
    if (answer?.__typename === 'Cart') return [{ kind: 'cart', id: answer.id, owner }];
    return answer?.__typename === 'Order' ? [{ kind: 'order', id: answer.id, owner }] : [];
  });
