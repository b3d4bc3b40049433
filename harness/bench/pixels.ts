import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { findChromium } from '../browser/find-chromium.ts';
import { launchChromium } from '../browser/launch-chromium.ts';
import { OptionsError, parsed } from '../support/command-line.ts';
import { OPERATOR_TOKEN } from '../support/tokens.ts';
import { numberOf, runCommand } from './command-line.ts';
import { meterSteal } from './measure/index.ts';
import { prepare, SCREENS, type Screen } from './pixels/screens.ts';
import { lookOutFor, sightings } from './pixels/sighting.ts';
import { describeMachine, digits } from './report/index.ts';
import { openShop } from './stage/index.ts';

const DEFAULTS = { events: 100, pauseMs: 50 } as const;
/** As many as one answer has. */
const MOST_EVENTS = 100;

const USAGE = `npm run bench:pixels -- [options]
  --events <number>  how many are looked out for on each page, ${MOST_EVENTS} at most (default ${DEFAULTS.events})
  --pause <ms>       between two of them (default ${DEFAULTS.pauseMs})`;

const readOptions = () => {
  const { values } = parsed(() => parseArgs({ options: { events: { type: 'string' }, pause: { type: 'string' } } }));
  const events = Math.ceil(numberOf('events', values.events, DEFAULTS.events));
  if (events > MOST_EVENTS) throw new OptionsError(`--events wants ${MOST_EVENTS} at most, not ${events}.`);
  return {
    events,
    pauseMs: numberOf('pause', values.pause, DEFAULTS.pauseMs),
  };
};

type Options = ReturnType<typeof readOptions>;

const openBrowser = async (): Promise<Browser> => {
  const found = await findChromium((line) => console.error(line));
  if (typeof found !== 'string') throw new OptionsError(found.reason);
  return launchChromium(found);
};

/** From what happened to its being drawn, of each event, in milliseconds. */
const delaysOn = async (browser: Browser, screen: Screen, { url, ...options }: Options & { readonly url: string }) => {
  const context = await browser.newContext({ baseURL: new URL(url).origin, locale: 'en' });
  await context.addInitScript((token) => sessionStorage.setItem('panier.token', token), OPERATOR_TOKEN);
  const page = await context.newPage();
  await page.goto(screen.path);
  await screen.isReady(page);
  const texts = screen.texts(options.events);
  await lookOutFor(page, texts);
  for (const nth of texts.keys()) {
    await screen.happen(url, nth);
    await delay(options.pauseMs);
  }
  const seen = await sightings(page, texts);
  const happened = await screen.happened(url, options.events);
  await context.close();
  return seen.map((at, nth) => at - (happened[nth] ?? Number.NaN)).toSorted((one, other) => one - other);
};

const at = (sorted: readonly number[], share: number): string =>
  digits(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);

const run = async (): Promise<void> => {
  const options = readOptions();
  const browser = await openBrowser();
  await using shop = await openShop('one process');
  await prepare(shop.url);
  const stolen = meterSteal();
  const rows: string[] = [];
  for (const screen of SCREENS) {
    const delays = await delaysOn(browser, screen, { ...options, url: shop.url });
    rows.push(`| ${screen.name} | ${delays.length} | ${at(delays, 0.5)} | ${at(delays, 0.95)} | ${at(delays, 1)} |`);
  }
  await browser.close();
  console.log(`${describeMachine()}. Stolen by the host: ${Math.round(stolen() * 100)} %.\n
| from the event to the pixel, ms | events | p50 | p95 | max |
| --- | --- | --- | --- | --- |
${rows.join('\n')}`);
};

await runCommand(USAGE, run);
