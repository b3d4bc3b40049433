import { Link } from 'wouter';
import { useFilters } from '../../ui/filters/use-filters.ts';
import type { CartShownFragment } from '../../ui/generated/operations.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { IdText } from '../../ui/parts/id-text.tsx';
import { Loading } from '../../ui/parts/loading.tsx';
import { EmptyState, ErrorNotice } from '../../ui/parts/notice.tsx';
import { useMay } from '../sign-in/viewer-context.ts';
import styles from './cart.module.css';
import { CartFacts } from './cart-facts.tsx';
import { CartHistory } from './cart-history.tsx';
import { CartLines } from './cart-lines.tsx';
import { itemsOf, type Moment, momentsOf, productsOf } from './changes.ts';
import { TEXTS } from './texts.ts';
import { TimeTravel } from './time-travel.tsx';
import { useCart, useCartThen, useProductNames } from './use-cart.ts';
import { useCartEvents } from './use-cart-events.ts';

const MOMENT = ['asOf'] as const;
const NONE: ReadonlySet<string> = new Set();

interface PastProps {
  readonly id: string;
  readonly now: CartShownFragment;
  readonly moments: readonly Moment[];
}

/** The cart as it is, or as it was at a moment of its history, which stands in the page's address. */
const Travelled = ({ id, now, moments }: PastProps) => {
  const { values, set } = useFilters(MOMENT);
  const found = moments.findLastIndex(({ at }) => at <= values.asOf);
  const isNow = values.asOf === '' || found === moments.length - 1;
  const index = isNow ? moments.length - 1 : Math.max(found, 0);
  const moment = moments[index];
  const then = useCartThen(id, isNow ? null : (moment?.at ?? null));
  const cart = isNow ? now : (then ?? now);
  const nameOf = useProductNames(productsOf(moments));
  const go = (to: Moment | null): void => set({ asOf: to?.at ?? '' }, { replace: true });
  return (
    <>
      <CartFacts cart={cart} id={id} />
      <TimeTravel moments={moments} index={index} isNow={isNow} onGo={go} />
      <div className={styles['beside']}>
        <CartLines cart={cart} changed={moment === undefined || isNow ? NONE : itemsOf(moment)} />
        <CartHistory
          moments={moments}
          index={index}
          currency={now.totalAmount.currency}
          nameOf={nameOf}
          onGo={(at) => go(at === moments.length - 1 ? null : (moments[at] ?? null))}
        />
      </div>
    </>
  );
};

const Found = ({ id, cart }: { readonly id: string; readonly cart: CartShownFragment }) => {
  const texts = useTexts(TEXTS);
  const mayTravel = useMay('events:read');
  const events = useCartEvents(id, mayTravel);
  if (events !== null) return <Travelled id={id} now={cart} moments={momentsOf(events)} />;
  return (
    <>
      <CartFacts cart={cart} id={id} />
      {!mayTravel && <p className={styles['muted']}>{texts.noHistory}</p>}
      <CartLines cart={cart} changed={NONE} />
    </>
  );
};

interface CartPageProps {
  readonly id: string;
}

const CartPage = ({ id }: CartPageProps) => {
  const texts = useTexts(TEXTS);
  const { cart, error } = useCart(id);
  const back = <Link href="/carts">{texts.toCarts}</Link>;
  const isUnknown = error?.graphQLErrors.some(({ extensions }) => extensions['code'] === 'NOT_FOUND') === true;
  return (
    <>
      <h1 className={styles['head']}>
        {texts.title} <IdText id={id} what={texts.theId} />
      </h1>
      {isUnknown && (
        <EmptyState title={texts.unknown} action={back}>
          <p>{texts.unknownHow}</p>
        </EmptyState>
      )}
      {error !== null && !isUnknown && (
        <ErrorNotice title={texts.failed} action={back}>
          <p>{error.graphQLErrors[0]?.message ?? error.message}</p>
        </ErrorNotice>
      )}
      {cart === null && error === null && <Loading />}
      {cart !== null && <Found id={id} cart={cart} />}
    </>
  );
};

export default CartPage;
