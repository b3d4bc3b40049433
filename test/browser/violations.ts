import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe-core finds wrong with the page as it stands, a line a rule and place: nothing, of a good one. All of its rules, or
 * those that are named. It is put in beside the page's policy, which lets no other script in.
 */
export const violationsOn = async (page: Page, rules?: readonly string[]): Promise<readonly string[]> => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const options: RunOptions = { resultTypes: ['violations'], ...(rules && { runOnly: [...rules] }) };
  return page.evaluate(async (given) => {
    const within = globalThis as typeof globalThis & { readonly axe: typeof axe };
    const { violations } = await within.axe.run(document, given);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 300)}: ${failureSummary}`),
    );
  }, options);
};
