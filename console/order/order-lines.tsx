import { useState } from 'react';
import { Link } from 'wouter';
import { useLive } from '../../ui/client/use-live.ts';
import { OrderStock, type OrderStockSubscription } from '../../ui/generated/operations.ts';
import { type Catalogue, useLanguage, useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { productPath } from '../thing-path.ts';
import styles from './order-page.module.css';
import type { OrderLines as Lines } from './order-state.ts';

interface Texts {
  readonly lines: string;
  readonly stock: string;
  readonly numbers: (available: string, reserved: string, sold: string) => string;
  readonly unknown: string;
}

const TEXTS: Catalogue<Texts> = {
  en: {
    lines: 'Lines, and the stock of their products now',
    stock: 'Stock',
    numbers: (available, reserved, sold) => `Available ${available} · reserved ${reserved} · sold ${sold}`,
    unknown: 'unknown to the catalogue',
  },
  fr: {
    lines: 'Lignes, et le stock actuel de leurs produits',
    stock: 'Stock',
    numbers: (available, reserved, sold) => `Disponibles ${available} · réservés ${reserved} · vendus ${sold}`,
    unknown: 'inconnu du catalogue',
  },
};

type Line = Lines[number];
type Stock = Pick<OrderStockSubscription['stock'], 'name' | 'available' | 'reserved' | 'sold'>;

const StockNow = ({ stock }: { readonly stock: Stock | null }) => {
  const texts = useTexts(TEXTS);
  const { locale } = useLanguage();
  if (stock === null) return texts.unknown;
  const [available, reserved, sold] = [stock.available, stock.reserved, stock.sold].map((units) =>
    units.toLocaleString(locale),
  );
  return texts.numbers(available ?? '', reserved ?? '', sold ?? '');
};

const LineRow = ({ line, stock }: { readonly line: Line; readonly stock: Stock | null }) => (
  <li>
    <span className={styles['product']}>
      <Link href={productPath(line.productId)}>{stock?.name ?? line.productId}</Link>
      <small>
        {line.quantity} × <Amount money={line.unitPrice} />
      </small>
    </span>
    <span className={styles['sum']}>
      <Amount money={line.lineTotal} />
    </span>
    <small className={styles['stock']}>
      <StockNow stock={stock} />
    </small>
  </li>
);

/** What was ordered, with the stock of each product as it changes. */
export const OrderLines = ({ lines }: { readonly lines: Lines }) => {
  const texts = useTexts(TEXTS);
  const [changed, setChanged] = useState<ReadonlyMap<string, Stock>>(new Map());
  // Of one that the catalogue does not know nothing can be watched: the others would go with it.
  const ids = [...new Set(lines.filter(({ product }) => product !== null).map(({ productId }) => productId))];
  useLive({
    document: OrderStock,
    variables: ids.length === 0 ? null : { ids },
    onUpdate: ({ stock }) => setChanged((before) => new Map([...before, [stock.id, stock]])),
  });
  return (
    <section className={styles['box']} aria-label={texts.lines}>
      <h2>{texts.lines}</h2>
      <ul className={styles['lines']}>
        {lines.map((line) => (
          <LineRow key={line.productId} line={line} stock={changed.get(line.productId) ?? line.product} />
        ))}
      </ul>
    </section>
  );
};
