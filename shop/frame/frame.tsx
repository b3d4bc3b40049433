import { type ReactNode, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { useTexts } from '../../ui/language/language.tsx';
import { ConnectionBanner } from '../../ui/parts/connection-banner.tsx';
import { Preferences } from '../../ui/parts/preferences.tsx';
import { countOf } from '../cart/cart-store.ts';
import { useCart, useCartHeard } from '../cart/use-cart.ts';
import { isPretence } from '../checkout/payments.ts';
import { isOtherVisitor } from '../visit/open-visit.ts';
import styles from './frame.module.css';
import { FRAME_TEXTS } from './texts.ts';
import { VisitNotice } from './visit-notice.tsx';

/** A page that is opened begins at its top; one that is gone back to stays where it was. */
const useScrolling = (location: string): void => {
  const isBack = useRef(false);
  const seen = useRef(location);
  useEffect(() => {
    const note = (): void => {
      isBack.current = true;
    };
    addEventListener('popstate', note);
    return () => removeEventListener('popstate', note);
  }, []);
  useEffect(() => {
    if (seen.current === location) return;
    seen.current = location;
    if (!isBack.current) scrollTo(0, 0);
    isBack.current = false;
  }, [location]);
};

const current = (isHere: boolean): 'page' | undefined => (isHere ? 'page' : undefined);

const Header = ({ location }: { readonly location: string }) => {
  const texts = useTexts(FRAME_TEXTS);
  const count = countOf(useCart());
  return (
    <header className={styles['header']}>
      <div className={styles['bar']}>
        <Link href="/" className={styles['name']} aria-label={texts.home}>
          <svg viewBox="0 0 32 32" aria-hidden="true" className={styles['logo']}>
            <path d="M7 12h18l-2 12H9zM11 12l4-6m6 6-4-6" />
          </svg>
          <span>panier</span>
        </Link>
        <nav aria-label={texts.pages}>
          <Link href="/" aria-current={current(location === '/' || location.startsWith('/products'))}>
            {texts.products}
          </Link>
          <Link href="/orders" aria-current={current(location.startsWith('/orders'))}>
            {texts.orders}
          </Link>
        </nav>
        {isOtherVisitor() && <span className={styles['other']}>{texts.otherVisitor}</span>}
        <div className={styles['end']}>
          <Link
            href="/cart"
            className={styles['cart']}
            aria-label={texts.cart(count)}
            aria-current={current(location === '/cart' || location === '/checkout')}
          >
            <svg viewBox="0 0 32 32" aria-hidden="true" className={styles['icon']}>
              <path d="M7 12h18l-2 12H9zM11 12l4-6m6 6-4-6" />
            </svg>
            <span key={count} className={count === 0 ? styles['none'] : styles['count']}>
              {count}
            </span>
          </Link>
        </div>
      </div>
    </header>
  );
};

/** What stands around every page of the shop. */
export const Frame = ({ children }: { readonly children: ReactNode }) => {
  const [location] = useLocation();
  const texts = useTexts(FRAME_TEXTS);
  useScrolling(location);
  useCartHeard();
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#page">
        {texts.skip}
      </a>
      <Header location={location} />
      <main id="page" tabIndex={-1} className={styles['page']}>
        <ConnectionBanner />
        <VisitNotice />
        {children}
      </main>
      <footer className={styles['footer']}>
        {isPretence() && <p>{texts.pretend}</p>}
        <p className={styles['links']}>
          <a href="/console">{texts.console}</a>
          <a href="/graphql">{texts.api}</a>
        </p>
        <Preferences />
      </footer>
    </div>
  );
};
