import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useLanguage, useTexts } from '../../ui/language/language.tsx';
import { Amount } from '../../ui/money/amount.tsx';
import { IdText } from '../../ui/parts/id-text.tsx';
import { StatusBadge } from '../../ui/parts/status-badge.tsx';
import { When } from '../../ui/time/when.tsx';
import styles from './order-page.module.css';
import type { OrderHead } from './order-state.ts';
import { ORDER_TEXTS } from './texts.ts';

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** An instant, in full and how long ago. */
const At = ({ at }: { readonly at: string }) => {
  const { locale } = useLanguage();
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(Date.parse(at));
  return (
    <>
      {full}
      <small>
        <When at={at} />
      </small>
    </>
  );
};

const Customer = ({ id }: { readonly id: string | null }) => {
  const texts = useTexts(ORDER_TEXTS);
  if (id === null) return texts.visitor;
  return <Link href={`/orders?customer=${encodeURIComponent(id)}`}>{id}</Link>;
};

/** What an order is and how it stands, now or as it was. */
export const OrderFacts = ({ head }: { readonly head: OrderHead }) => {
  const texts = useTexts(ORDER_TEXTS);
  const { failure, payment } = head;
  return (
    <dl className={styles['facts']} aria-label={texts.facts}>
      <Fact name={texts.total}>
        <strong>
          <Amount money={head.totalAmount} />
        </strong>
      </Fact>
      <Fact name={texts.payment}>{payment === null ? texts.noPayment : texts.payments[payment.status]}</Fact>
      {failure !== null && (
        <Fact name={texts.failure}>
          {texts.failures[failure.reason]}
          {failure.message !== '' && <small> {failure.message}</small>}
        </Fact>
      )}
      <Fact name={texts.customer}>
        <Customer id={head.customerId} />
      </Fact>
      <Fact name={texts.cart}>
        <Link href={`/carts/${head.cartId}`} className={styles['cut'] ?? ''} title={head.cartId}>
          {head.cartId}
        </Link>
      </Fact>
      <Fact name={texts.created}>
        <At at={head.createdAt} />
      </Fact>
      <Fact name={texts.updated}>
        <At at={head.updatedAt} />
      </Fact>
    </dl>
  );
};

/** Which order it is. */
export const OrderTitle = ({ id, status }: { readonly id: string; readonly status: OrderHead['status'] }) => {
  const texts = useTexts(ORDER_TEXTS);
  return (
    <div className={styles['title']}>
      <h1>{texts.order}</h1>
      <StatusBadge status={status} />
      <IdText id={id} what={texts.theId} />
      <Link href={`/events?correlation=${id}`}>{texts.events}</Link>
    </div>
  );
};
