import { useState } from 'react';
import { useQuery } from 'urql';
import { ShopProducts } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState, ErrorNotice } from '../../ui/parts/notice.tsx';
import { ProductCard } from './product-card.tsx';
import styles from './products.module.css';
import { PRODUCT_TEXTS } from './texts.ts';
import { useStock } from './use-stock.ts';

const PAGE_SIZE = 24;

/** Of all products. */
export const FIRST_PAGE = { first: PAGE_SIZE, after: null, filter: null } as const;

interface ShelfProps {
  readonly name: string;
  readonly after?: string | null;
  readonly onShowAll: () => void;
}

const Nothing = ({ name, onShowAll }: ShelfProps) => {
  const texts = useTexts(PRODUCT_TEXTS);
  if (name === '')
    return (
      <EmptyState title={texts.nothingYet}>
        <p>{texts.nothingYetHint}</p>
      </EmptyState>
    );
  return (
    <EmptyState title={texts.nothingFound} action={<Button onClick={onShowAll}>{texts.showAll}</Button>}>
      <p>{texts.nothingFoundHint}</p>
    </EmptyState>
  );
};

/** A page of products whose stock is live, and the next ones when they are asked for. */
export const Shelf = ({ name, after = null, onShowAll }: ShelfProps) => {
  const texts = useTexts(PRODUCT_TEXTS);
  const [hasMore, setMore] = useState(false);
  const variables = { ...FIRST_PAGE, after, filter: name === '' ? null : { name } };
  const [{ data, error }, ask] = useQuery({ query: ShopProducts, variables });
  const products = data?.products.edges.map(({ node }) => node) ?? [];
  const now = useStock(products.map(({ id }) => id));
  if (error !== undefined && data === undefined)
    return (
      <ErrorNotice title={texts.unreachable} action={<Button onClick={() => ask()}>{texts.again}</Button>}>
        <p>{error.message}</p>
      </ErrorNotice>
    );
  if (data === undefined) return <Loading />;
  if (products.length === 0) return <Nothing name={name} onShowAll={onShowAll} />;
  const { hasNextPage, endCursor } = data.products.pageInfo;
  return (
    <>
      <div className={styles['shelf']}>
        {products.map((product) => (
          <ProductCard key={product.id} product={now.get(product.id) ?? product} />
        ))}
      </div>
      {hasMore && <Shelf name={name} after={endCursor} onShowAll={onShowAll} />}
      {hasNextPage && !hasMore && (
        <Button className={styles['more']} onClick={() => setMore(true)}>
          {texts.more}
        </Button>
      )}
    </>
  );
};
