import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { type Catalogue, useTexts } from '../../ui/language/language.tsx';
import { ConnectionBanner } from '../../ui/parts/connection-banner.tsx';
import { Preferences } from '../../ui/parts/preferences.tsx';
import { PAGE_TITLES, type PageKey } from '../page-titles.ts';
import { PAGE_PATHS } from '../routes.tsx';
import { Who } from '../sign-in/who.tsx';
import styles from './frame.module.css';

const TEXTS: Catalogue<{ readonly skip: string; readonly navigation: string }> = {
  en: { skip: 'Skip to the page', navigation: 'Pages' },
  fr: { skip: 'Aller au contenu', navigation: 'Pages' },
};

const isWithin = (location: string, path: string): boolean =>
  path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`);

/** Where the pages are a strip that scrolls, the current one is brought to its middle; the page itself stays where it is. */
const bringToMiddle = (link: HTMLAnchorElement | null): void => {
  const strip = link?.parentElement;
  if (link === null || strip === null || strip === undefined) return;
  strip.scrollTo({ left: link.offsetLeft - (strip.clientWidth - link.offsetWidth) / 2 });
};

/** What stands around every page of the console. */
export const Frame = ({ children }: { readonly children: ReactNode }) => {
  const [location] = useLocation();
  const texts = useTexts(TEXTS);
  const titles = useTexts(PAGE_TITLES);
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#page">
        {texts.skip}
      </a>
      <header className={styles['side']}>
        <strong className={styles['name']}>panier</strong>
        <nav aria-label={texts.navigation}>
          {(Object.entries(PAGE_PATHS) as [PageKey, string][]).map(([key, path]) => {
            const isCurrent = isWithin(location, path);
            return (
              <Link
                key={key}
                ref={isCurrent ? bringToMiddle : null}
                href={path}
                aria-current={isCurrent ? 'page' : undefined}
              >
                {titles[key]}
              </Link>
            );
          })}
        </nav>
        <Who />
        <Preferences />
      </header>
      <main id="page" tabIndex={-1} className={styles['page']}>
        <ConnectionBanner />
        {children}
      </main>
    </div>
  );
};
