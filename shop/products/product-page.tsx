import { useId, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ShopProductById, type ShopProductFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState, ErrorNotice } from '../../ui/parts/notice.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { useTitle } from '../parts/use-title.ts';
import { Picture } from '../picture/picture.tsx';
import { AddButton } from './add-button.tsx';
import styles from './product-page.module.css';
import { Rival } from './rival.tsx';
import { ShelfNumbers } from './shelf-numbers.tsx';
import { StockBadge } from './stock-badge.tsx';
import { PRODUCT_TEXTS } from './texts.ts';
import { useStock } from './use-stock.ts';

const MOST = 999;

const Product = ({ product }: { readonly product: ShopProductFragment }) => {
  const texts = useTexts(PRODUCT_TEXTS);
  const [quantity, setQuantity] = useState(1);
  const id = useId();
  return (
    <div className={styles['product']}>
      <Picture id={product.id} name={product.name} className={styles['picture']} />
      <div className={styles['about']}>
        <h1>{product.name}</h1>
        <p className={styles['price']}>
          <Amount money={product.price} />
        </p>
        <StockBadge stock={product} />
        <div className={styles['buy']}>
          <label htmlFor={id}>{texts.quantity}</label>
          <input
            id={id}
            type="number"
            min={1}
            max={MOST}
            value={quantity}
            onChange={({ target }) => setQuantity(Math.min(MOST, Math.max(1, target.valueAsNumber || 1)))}
          />
          <AddButton product={product} quantity={quantity} />
        </div>
        <ShelfNumbers product={product} />
        {product.available === 1 && <Rival productId={product.id} />}
      </div>
    </div>
  );
};

const ProductPage = ({ id }: { readonly id: string }) => {
  const texts = useTexts(PRODUCT_TEXTS);
  const [{ data, error }, ask] = useQuery({ query: ShopProductById, variables: { id } });
  const found = data?.product;
  const live = useStock(found ? [id] : []).get(id);
  useTitle(found?.name ?? texts.products);
  if (error !== undefined)
    return (
      <>
        <PageTitle>{texts.products}</PageTitle>
        <ErrorNotice title={texts.unreachable} action={<Button onClick={() => ask()}>{texts.again}</Button>}>
          <p>{error.message}</p>
        </ErrorNotice>
      </>
    );
  if (found === undefined) return <Loading />;
  if (found === null)
    return (
      <>
        <PageTitle>{texts.products}</PageTitle>
        <EmptyState title={texts.noSuchProduct} action={<Link href="/">{texts.toProducts}</Link>}>
          <p>{texts.noSuchProductHint}</p>
        </EmptyState>
      </>
    );
  return <Product product={live ?? found} />;
};

export default ProductPage;
