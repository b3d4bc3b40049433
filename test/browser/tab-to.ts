import type { Locator, Page } from 'playwright-core';

/** More than any page has before what is looked for. */
const MOST_STOPS = 150;

/** Presses the Tab key until that is in focus, as a person without a mouse gets to it. @throws when no number of keys gets there */
export const tabTo = async (page: Page, target: Locator): Promise<void> => {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not get to ${String(target)}.`);
};
