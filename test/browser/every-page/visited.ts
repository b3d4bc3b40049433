import type { Browser, Page } from 'playwright-core';
import { type Opening, openPage } from '../opened-page.ts';
import { violationsOn } from '../violations.ts';
import { textsOn } from './texts.ts';

const NARROW = { width: 360, height: 740 } as const;

/** What a page is like, as a browser has it. */
export interface Visited {
  readonly texts: readonly string[];
  /** Of what axe-core looks at. */
  readonly violations: readonly string[];
  /** Errors of its own, of its policy, and requests to other hosts. */
  readonly troubles: readonly string[];
  /** By how many pixels it is wider than a window of 360. */
  readonly tooWideBy: number;
  /** Of all that was loaded to show it first, as it came over the network; without GraphQL's answers, which are as long as there are orders. */
  readonly bytes: number;
}

export type Visit = Omit<Opening, 'viewport' | 'locale' | 'colorScheme'>;

const bytesOf = (page: Page): Promise<number> =>
  page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .filter(({ name }) => !new URL(name).pathname.startsWith('/graphql'))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).transferSize, 0),
  );

const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A page that has all that it shows at first. */
export const settled = async (browser: Browser, opening: Opening) => {
  const opened = await openPage(browser, opening);
  await opened.page.waitForFunction(
    () => document.querySelector('h1') !== null && !/Loading…|Chargement…/.test(document.body.textContent),
  );
  await opened.page.waitForLoadState('networkidle');
  return opened;
};

/** In English, in a wide window and by day; then by night, and narrow. */
export const visitInEnglish = async (browser: Browser, visit: Visit): Promise<Visited> => {
  const { page, context, troubles } = await settled(browser, { ...visit, locale: 'en' });
  const bytes = await bytesOf(page);
  const texts = await textsOn(page);
  const byDay = await violationsOn(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const byNight = await violationsOn(page, ['color-contrast']);
  await page.setViewportSize(NARROW);
  const tooWideBy = await overflowOf(page);
  await context.close();
  return { texts, violations: [...byDay, ...byNight], troubles, tooWideBy, bytes };
};

/** In French, on a telephone and by night. */
export const visitInFrench = async (browser: Browser, visit: Visit): Promise<Visited> => {
  const opening = { ...visit, locale: 'fr-FR', colorScheme: 'dark', viewport: NARROW } as const;
  const { page, context, troubles } = await settled(browser, opening);
  const bytes = await bytesOf(page);
  const texts = await textsOn(page);
  const violations = await violationsOn(page);
  const tooWideBy = await overflowOf(page);
  await context.close();
  return { texts, violations, troubles, tooWideBy, bytes };
};
