import { Link } from 'wouter';
import type { CartShownFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { LiveNumber } from '../../ui/parts/live-number.tsx';
import styles from './cart.module.css';
import { TEXTS } from './texts.ts';

/** Of `item_…/2`, as events call it: `2`. */
const numberOf = (itemId: string): string => (itemId.split('/').at(-1) ?? '').split('@')[0] ?? '';

interface CartLinesProps {
  readonly cart: CartShownFragment;
  /** The items that the moment which is shown has changed. */
  readonly changed: ReadonlySet<string>;
}

/** What is in a cart. */
export const CartLines = ({ cart, changed }: CartLinesProps) => {
  const texts = useTexts(TEXTS);
  if (cart.items.length === 0) return <p className={styles['empty']}>{texts.empty}</p>;
  return (
    <div className={styles['lines']}>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.product}</th>
            <th scope="col">{texts.quantity}</th>
            <th scope="col">{texts.price}</th>
            <th scope="col">{texts.lineTotal}</th>
          </tr>
        </thead>
        <tbody>
          {cart.items.map(({ id, productId, product, quantity, unitPrice, lineTotal }) => (
            <tr key={numberOf(id)} className={changed.has(numberOf(id)) ? styles['changed'] : ''}>
              <td>
                <Link href={`/products?product=${productId}`}>{product?.name ?? productId}</Link>
              </td>
              <td>
                <LiveNumber value={quantity} />
              </td>
              <td>
                <Amount money={unitPrice} />
              </td>
              <td>
                <Amount money={lineTotal} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{texts.total}</th>
            <td>{cart.totalItems}</td>
            <td colSpan={2}>
              <Amount money={cart.totalAmount} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
};
