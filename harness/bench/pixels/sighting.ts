import type { Page } from 'playwright-core';

type Watching = typeof globalThis & { seen?: Map<string, number> };

/** Has the page note when each of these texts is first drawn. */
export const lookOutFor = (page: Page, texts: readonly string[]): Promise<void> =>
  page.evaluate((wanted) => {
    const seen = new Map<string, number>();
    const missing = new Set(wanted);
    const look = (): void => {
      const shown = [...missing].filter((text) => document.body.textContent.includes(text));
      for (const text of shown) missing.delete(text);
      // The frame in which it stands is drawn after this callback.
      if (shown.length > 0) requestAnimationFrame(() => shown.forEach((text) => seen.set(text, Date.now())));
    };
    new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
    (globalThis as Watching).seen = seen;
  }, texts);

/**
 * Waits until the last was drawn. A number that the next one has overtaken is not drawn itself: it is seen by the next.
 * @returns when each was, by the clock, in milliseconds
 */
export const sightings = async (page: Page, texts: readonly string[]): Promise<readonly number[]> => {
  await page.waitForFunction((last) => (globalThis as Watching).seen?.has(last) === true, texts.at(-1) ?? '');
  const at = new Map(await page.evaluate(() => [...((globalThis as Watching).seen ?? [])]));
  let next = Number.POSITIVE_INFINITY;
  return texts
    .toReversed()
    .map((text) => (next = Math.min(next, at.get(text) ?? next)))
    .toReversed();
};
