import { Link } from 'wouter';
import { assertNever } from '../../ui/assert-never.ts';
import { useLanguage, useTexts } from '../../ui/language/language.tsx';
import { moneyText } from '../../ui/money/money-text.ts';
import { ExactTime } from '../../ui/time/exact-time.tsx';
import { ThingLink } from '../thing-link.tsx';
import styles from './cart.module.css';
import type { Change, Moment } from './changes.ts';
import { TEXTS } from './texts.ts';

interface ChangeTextProps {
  readonly change: Change;
  readonly currency: string;
  readonly nameOf: (productId: string) => string;
}

const ChangeText = ({ change, currency, nameOf }: ChangeTextProps) => {
  const texts = useTexts(TEXTS);
  const { locale } = useLanguage();
  switch (change.kind) {
    case 'Created':
      return texts.created;
    case 'Added': {
      const price = moneyText({ amount: change.price, currency }, locale);
      return texts.added(change.quantity, nameOf(change.productId), price);
    }
    case 'Quantity':
      return texts.quantityOf(nameOf(change.productId), change.before, change.after);
    case 'Removed':
      return texts.removed(change.before, nameOf(change.productId));
    case 'CheckedOut':
      return (
        <>
          {texts.checkedOut} <ThingLink id={change.orderId} />
        </>
      );
    case 'MergedInto':
      return (
        <>
          {texts.wentInto} <ThingLink id={change.cartId} />
        </>
      );
    case 'TookIn':
      return (
        <>
          {texts.tookIn(change.items.length)} <ThingLink id={change.cartId} />
        </>
      );
    case 'Other':
      return change.type;
  }
  return assertNever(change);
};

interface CartHistoryProps extends Omit<ChangeTextProps, 'change'> {
  readonly moments: readonly Moment[];
  readonly index: number;
  readonly onGo: (index: number) => void;
}

/** What happened to a cart, newest first; each moment leads to the cart as it was then. */
export const CartHistory = ({ moments, index, onGo, currency, nameOf }: CartHistoryProps) => {
  const texts = useTexts(TEXTS);
  const newestFirst = moments.map((moment, at) => ({ moment, at })).toReversed();
  return (
    <section className={styles['history']} aria-label={texts.history}>
      <h2>{texts.history}</h2>
      <ol reversed>
        {newestFirst.map(({ moment, at }) => (
          <li key={moment.at} aria-current={at === index ? 'step' : undefined}>
            <button type="button" onClick={() => onGo(at)}>
              <ExactTime at={moment.at} />
            </button>
            <ul>
              {moment.changes.map(({ eventId, change }) => (
                <li key={eventId}>
                  <ChangeText change={change} currency={currency} nameOf={nameOf} />{' '}
                  <Link href={`/events?event=${eventId}`} aria-label={texts.event} className={styles['event'] ?? ''}>
                    {'{ }'}
                  </Link>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
};
