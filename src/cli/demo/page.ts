import { styleText } from 'node:util';
import type { CartFieldsFragment, DemoStepFragment } from '../client.ts';
import type { Audience } from './play.ts';
import type { Line, Scenario } from './scenarios.ts';
import type { Numbers } from './stock-watch.ts';

type Style = Parameters<typeof styleText>[0];

/** Colours text where it is written to a terminal that shows colours. */
const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });

const say = (line = ''): void => console.log(line);

const COLOURS: Readonly<Record<string, Style>> = {
  CONFIRMED: 'green',
  REJECTED: 'red',
  COMPENSATING: 'yellow',
  CANCELLED: 'red',
};

const INDENT = 9;
const label = (text: string): string => paint('dim', `  ${text}`.padEnd(INDENT));
const MONEY_WIDTH = 10;
const NAME_WIDTH = 26;

const lineOf = ({ items }: CartFieldsFragment, { product, quantity }: Line): string => {
  const total = items.find(({ productId }) => productId === product.id)?.lineTotal.amount ?? '';
  const goods = `${String(quantity).padStart(3)} × ${product.name.padEnd(NAME_WIDTH)}`;
  return `${goods}${product.price.amount.padStart(MONEY_WIDTH)}${total.padStart(MONEY_WIDTH + 2)}`;
};

const showCart = (cart: CartFieldsFragment, lines: readonly Line[]): void => {
  for (const [index, line] of lines.entries()) say(label(index === 0 ? 'cart' : '') + lineOf(cart, line));
  const { amount, currency } = cart.totalAmount;
  const width = 6 + NAME_WIDTH + MONEY_WIDTH;
  say(`${label('')}${'total'.padEnd(width)}${paint('bold', amount.padStart(MONEY_WIDTH + 2))} ${currency}`);
};

const showStep = ({ event, status }: DemoStepFragment, elapsedMs: number): void => {
  const elapsed = paint('dim', `${Math.round(elapsedMs)} ms`.padStart(INDENT - 1));
  const what = event.type.padEnd(NAME_WIDTH - 1);
  const who = paint('dim', event.producerInstance.padEnd(NAME_WIDTH + 2));
  say(`${elapsed}  ${what}${who}${paint(COLOURS[status] ?? 'cyan', status)}`);
};

const numbersAt = (when: string, { available, reserved, sold }: Numbers): string =>
  `${label('')}${paint('dim', when.padEnd(12))}${available} available, ${reserved} reserved, ${sold} sold`;

const showStock: Audience['stock'] = ({ name }, { before, held, after }) => {
  say(`${label('stock')}${name}`);
  say(numbersAt('before', before));
  if (held !== null) say(numbersAt('while held', held));
  say(numbersAt('after', after));
};

/** A call as it stands in the log, on a line of its own. */
export const showCall = (call: string): void => say(paint('yellow', call));

type Levels = Readonly<Record<string, number>>;

/** What an inventory has, before and after. */
export const showLevels = (before: Levels, after: Levels): void => {
  for (const [index, [id, available]] of Object.entries(before).entries())
    say(`${label(index === 0 ? 'stock' : '')}${id.padEnd(NAME_WIDTH)}${available} before, ${after[id] ?? 0} after`);
};

export const audience: Audience = {
  cart: showCart,
  order: (orderId) => say(`${label('order')}${orderId}`),
  step: showStep,
  stock: showStock,
};

export const showOpening = (url: string): void => say(`panier at ${paint('bold', url)}`);

export const showTitle = (index: number, { title }: Scenario): void => say(`\n${paint('bold', `${index}. ${title}`)}`);

/** One line: well, or what went otherwise than it should. */
export const showEnding = ({ ending }: Scenario, problems: readonly string[]): void => {
  if (problems.length === 0) say(`  ${paint('green', `✓ ${ending.status}, as it should be: ${ending.meaning}.`)}`);
  for (const problem of problems) say(`  ${paint('red', `✗ ${problem}`)}`);
};

export const showSummary = (wentWell: number, of: number): void => {
  const text = `${wentWell} of ${of} sagas ended as they should.`;
  say(`\n${paint(wentWell === of ? ['bold', 'green'] : ['bold', 'red'], text)}`);
};
