import { useState } from 'react';
import { Link } from 'wouter';
import { useLive } from '../../ui/client/use-live.ts';
import { useRepeated } from '../../ui/client/use-repeated.ts';
import { Feed, ProductEvents, type ProductRowFragment, ProductRows } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { IdText } from '../../ui/parts/id-text.tsx';
import { LiveNumber } from '../../ui/parts/live-number.tsx';
import { EmptyState } from '../../ui/parts/notice.tsx';
import { When } from '../../ui/time/when.tsx';
import { useMay } from '../sign-in/viewer-context.ts';
import { AdjustDialog } from './adjust-dialog.tsx';
import styles from './products.module.css';
import { TEXTS } from './texts.ts';
import { UpsertDialog } from './upsert-dialog.tsx';

const SELDOM_MS = 30_000;

const LastEvents = ({ id }: { readonly id: string }) => {
  const texts = useTexts(TEXTS);
  const { data, askSoon } = useRepeated({ document: ProductEvents, variables: { id }, everyMs: SELDOM_MS });
  useLive({ document: Feed, variables: { after: null, filter: { aggregateId: id } }, onUpdate: askSoon });
  return (
    <>
      <h3>{texts.events}</h3>
      <ul className={styles['events']}>
        {data?.events.edges.toReversed().map(({ node: { eventId, type, occurredAt } }) => (
          <li key={eventId}>
            <Link href={`/events?event=${eventId}`}>{type}</Link>
            <span className={styles['muted']}>
              <When at={occurredAt} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
};

const Actions = ({ product }: { readonly product: ProductRowFragment }) => {
  const texts = useTexts(TEXTS);
  const [dialog, setDialog] = useState<'adjust' | 'edit' | null>(null);
  const mayAdjust = useMay('stock:write');
  const mayEdit = useMay('catalogue:write');
  return (
    <>
      <div className={styles['actions']}>
        {mayAdjust && <Button onClick={() => setDialog('adjust')}>{texts.adjust}</Button>}
        {mayEdit && <Button onClick={() => setDialog('edit')}>{texts.edit}</Button>}
      </div>
      {!mayAdjust && <p className={styles['muted']}>{texts.mayNotAdjust}</p>}
      {!mayEdit && <p className={styles['muted']}>{texts.mayNotEdit}</p>}
      {dialog === 'adjust' && <AdjustDialog product={product} onClose={() => setDialog(null)} />}
      {dialog === 'edit' && <UpsertDialog product={product} onClose={() => setDialog(null)} />}
    </>
  );
};

const Numbers = ({ product }: { readonly product: ProductRowFragment }) => {
  const texts = useTexts(TEXTS);
  return (
    <dl className={styles['numbers']}>
      {(['available', 'reserved', 'sold'] as const).map((name) => (
        <div key={name}>
          <dt>{texts[name]}</dt>
          <dd>
            <LiveNumber value={product[name]} />
          </dd>
        </div>
      ))}
    </dl>
  );
};

interface ProductPanelProps {
  readonly id: string;
  /** As the list knows it; null: it is not among those that are listed. */
  readonly listed: ProductRowFragment | null;
  readonly closedPath: string;
}

/** One product: its numbers, what was done to it last, and what can be done. */
export const ProductPanel = ({ id, listed, closedPath }: ProductPanelProps) => {
  const texts = useTexts(TEXTS);
  const maySee = useMay('events:read');
  const variables = listed === null ? { ids: [id] } : null;
  const { data } = useRepeated({ document: ProductRows, variables, everyMs: 2_000 });
  const found = data?.nodes[0];
  const product = listed ?? (found?.__typename === 'Product' ? found : null);
  const close = <Link href={closedPath}>{texts.close}</Link>;
  if (product === null) return data === undefined ? null : <EmptyState title={texts.gone} action={close} />;
  return (
    <aside className={styles['product']} aria-label={product.name}>
      <header>
        <h2>{product.name}</h2>
        {close}
      </header>
      <p>
        <Amount money={product.price} /> · <IdText id={product.id} what={texts.theId} />
      </p>
      <Numbers product={product} />
      <Actions product={product} />
      {maySee ? <LastEvents id={product.id} /> : <p className={styles['muted']}>{texts.noEvents}</p>}
      <p className={styles['links']}>
        {maySee && <Link href={`/events?aggregate=${product.id}`}>{texts.allEvents}</Link>}
        <Link href={`/orders?product=${product.id}`}>{texts.orders}</Link>
      </p>
    </aside>
  );
};
