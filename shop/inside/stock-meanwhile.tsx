import type { ShopOrderFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { useStock } from '../products/use-stock.ts';
import styles from './inside.module.css';
import { INSIDE_TEXTS } from './texts.ts';

/** Where the units of an order's products are, live: set aside, sold, or back. */
export const StockMeanwhile = ({ lines }: Pick<ShopOrderFragment, 'lines'>) => {
  const texts = useTexts(INSIDE_TEXTS);
  const now = useStock(lines.map(({ productId }) => productId));
  return (
    <table className={styles['stock']}>
      <caption>{texts.stock}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.product}</th>
          <th scope="col">{texts.available}</th>
          <th scope="col">{texts.reserved}</th>
          <th scope="col">{texts.sold}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ productId, product }) => {
          const shown = now.get(productId) ?? product;
          return (
            <tr key={productId}>
              <th scope="row">{shown?.name ?? productId}</th>
              <td key={`available ${shown?.available}`}>{shown?.available}</td>
              <td key={`reserved ${shown?.reserved}`}>{shown?.reserved}</td>
              <td key={`sold ${shown?.sold}`}>{shown?.sold}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
