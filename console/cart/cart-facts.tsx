import { Link } from 'wouter';
import type { CartShownFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { StatusBadge } from '../../ui/parts/status-badge.tsx';
import { ThingLink } from '../thing-link.tsx';
import styles from './cart.module.css';
import { CART_STATUS_TEXTS, TEXTS } from './texts.ts';

const Owner = ({ cart: { customerId, sessionId } }: { readonly cart: CartShownFragment }) => {
  const texts = useTexts(TEXTS);
  if (customerId !== null)
    return (
      <span>
        {texts.customer} <Link href={`/orders?customer=${encodeURIComponent(customerId)}`}>{customerId}</Link>
      </span>
    );
  return (
    <span>
      {texts.visit} {sessionId === null ? texts.nobody : <code>{sessionId}</code>}
    </span>
  );
};

/** Whose a cart is, how it stands, and what it has become. */
export const CartFacts = ({ cart, id }: { readonly cart: CartShownFragment; readonly id: string }) => {
  const texts = useTexts(TEXTS);
  const { status, version, order, mergedInto } = cart;
  return (
    <p className={styles['facts']}>
      <strong>{useTexts(CART_STATUS_TEXTS)[status]}</strong>
      <span>{texts.version(version)}</span>
      <Owner cart={cart} />
      {order !== null && (
        <span>
          {texts.order} <ThingLink id={order.id} /> <StatusBadge status={order.status} />
        </span>
      )}
      {mergedInto !== null && (
        <span>
          {texts.mergedInto} <ThingLink id={mergedInto.id} />
        </span>
      )}
      <Link href={`/events?aggregate=${id}`}>{texts.events}</Link>
    </p>
  );
};
