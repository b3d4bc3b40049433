import type { Browser } from 'playwright-core';
import { slips, untranslated } from './texts.ts';
import { type Visit, type Visited, visitInEnglish, visitInFrench } from './visited.ts';

/** All that a browser that has never been there has to load, compressed. */
const MAX_BYTES = 150_000;
const FEWEST_TEXTS = 5;

const faultsOf = ({ texts, violations, troubles, tooWideBy, bytes }: Visited): readonly string[] => [
  ...violations,
  ...troubles,
  ...slips(texts).map((text) => `says "${text}"`),
  ...(texts.length < FEWEST_TEXTS ? ['says nothing'] : []),
  ...(tooWideBy > 0 ? [`is ${tooWideBy} pixels wider than a telephone`] : []),
  ...(bytes > MAX_BYTES ? [`is loaded by ${bytes} bytes`] : []),
];

/** What is wrong with a page, whatever it shows: in both languages and themes, wide and narrow. */
export const faultsOn = async (browser: Browser, visit: Visit): Promise<readonly string[]> => {
  const [english, french] = await Promise.all([visitInEnglish(browser, visit), visitInFrench(browser, visit)]);
  return [
    ...faultsOf(english).map((fault) => `in English: ${fault}`),
    ...faultsOf(french).map((fault) => `in French: ${fault}`),
    ...untranslated(french.texts, english.texts).map((text) => `says in both languages "${text}"`),
  ];
};
