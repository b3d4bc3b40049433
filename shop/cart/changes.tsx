import { useHistoryState } from 'wouter/use-browser-location';
import type { ShopReorderMutation } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import styles from './cart.module.css';
import { CART_TEXTS } from './texts.ts';

export type LineChanges = Extract<ShopReorderMutation['reorder'], { readonly __typename: 'Reordered' }>['changes'];

/** What the page that opened this one hands on: kept by the browser with the page, also when it is loaded again. */
export interface CartOpening {
  readonly cartId: string;
  readonly changes: LineChanges;
}

/** What is not as it was in the order that this cart was made from. */
export const Changes = ({ cartId }: { readonly cartId: string }) => {
  const texts = useTexts(CART_TEXTS);
  const opening = useHistoryState<CartOpening | null>();
  if (opening?.cartId !== cartId || opening.changes.length === 0) return null;
  return (
    <div role="alert" className={styles['changes']}>
      <strong>{texts.changed}</strong>
      <ul>
        {opening.changes.map(({ kind, productId, product, available }) => (
          <li key={`${kind} ${productId}`}>{texts.changes[kind](product?.name ?? texts.gone, available ?? 0)}</li>
        ))}
      </ul>
    </div>
  );
};
