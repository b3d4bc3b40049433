import type { Page } from 'playwright-core';
import { DEMO_PRODUCTS } from '../../../src/cli/demo-catalogue.ts';
import { ROLES } from '../../../src/platform/index.ts';

/** Words that are the same in both languages. */
const ALIKE = [
  'Format',
  'Moment',
  'Notifications',
  'Pages',
  'Pause',
  'Saga',
  'Stock',
  'Total',
  'Type',
  'Version',
  'Webhooks',
  'panier console',
];
/** What panier, the payment provider and PostgreSQL say, in the language of the API. */
const OF_THE_API = [
  'cancelled by the customer',
  'Your card was declined.',
  'new row for relation "reservation" violates check constraint "fault"',
];
const NAMES = ['panier', 'ada', 'grace', 'operator', ...ROLES, ...DEMO_PRODUCTS.map(({ name }) => name)];

const KNOWN = new Set([...ALIKE, ...OF_THE_API, ...NAMES]);

/** Ids, amounts and times; codes; types of events. */
const isData = (text: string): boolean =>
  /[\d_@]|^[A-Z]{3,}$|^[A-Z][a-z]+(?:[A-Z][a-z]+)+$|^[a-z]+(?:[-:.][a-z]+)+$/.test(text);

const isFine = (text: string): boolean => KNOWN.has(text) || isData(text);

const partsOf = (text: string): readonly string[] => text.split(/, |^: | · /).filter((part) => part !== '');

/** What is said on a page, to those who see it and to those who have it read out; code and its like left out. */
export const textsOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const said = new Set([document.title]);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode())
      if (text.parentElement?.closest('code, noscript, pre, [lang]')?.matches('html') ?? true)
        said.add(text.textContent?.trim() ?? '');
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) said.add((element.getAttribute(name) ?? '').trim());
    return [...said].filter((text) => /\p{L}{2}/u.test(text));
  });

/** Of what a page says in one language, what it says in another as well, and should not. */
export const untranslated = (one: readonly string[], other: readonly string[]): readonly string[] => {
  const there = new Set(other);
  return one.filter((text) => there.has(text) && !isFine(text) && !partsOf(text).every(isFine));
};

/** What no page should ever say, in no language. */
export const slips = (texts: readonly string[]): readonly string[] =>
  texts.filter((text) => /\bundefined\b|\bNaN\b|\[object |Invalid Date|\bnull\b/.test(text));
