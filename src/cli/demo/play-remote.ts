import { accepted, type Client, type ProductFieldsFragment, UpsertProductDocument } from '../client.ts';
import { DEMO_PRODUCTS } from '../demo-catalogue.ts';
import type { CallLog } from './call-log.ts';
import type { ForeignInventory } from './foreign-inventory.ts';
import { audience, showEnding, showLevels, showTitle } from './page.ts';
import { buy, endingProblems } from './play.ts';
import type { Line, Scenario } from './scenarios.ts';

/** An order of three products, taken line by line from an inventory elsewhere; and given back, for nobody pays. */
export interface RemotePlay {
  readonly client: Client;
  readonly inventory: ForeignInventory;
  readonly log: CallLog;
}

const GOODS = ['prod_1', 'prod_2', 'prod_3'];

const offer = async ({ client, inventory }: RemotePlay): Promise<readonly ProductFieldsFragment[]> => {
  const products: ProductFieldsFragment[] = [];
  for (const { id, name, price, stock } of DEMO_PRODUCTS.filter((product) => GOODS.includes(product.id))) {
    const input = { id, name, price: { amount: price, currency: 'EUR' } };
    products.push(accepted((await client.request(UpsertProductDocument, { input })).upsertProduct));
    await inventory.stock({ [id]: stock });
  }
  return products;
};

const scenarioOf = (lines: readonly Line[]): Scenario => ({
  title: 'A refused card, and the stock in an inventory elsewhere',
  lines,
  paymentMethod: 'pm_card_chargeDeclined',
  ending: { status: 'CANCELLED', reason: 'PAYMENT_DECLINED', meaning: 'not paid, and its stock given back' },
});

/** What the saga has to ask of the inventory for such an order, in this order. */
const callsOf = ({ inventory }: RemotePlay): readonly string[] =>
  ['reduce', 'increase'].flatMap((direction) =>
    GOODS.map((id) => `PUT ${inventory.url}/stock/products/${id}/stock/${direction} 200 OK`),
  );

const differences = (what: string, found: readonly string[], expected: readonly string[]): readonly string[] =>
  found.join('\n') === expected.join('\n')
    ? []
    : [`${what} expected:\n${expected.join('\n')}\nfound:\n${found.join('\n')}`];

const inWords = (levels: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(levels).map(([id, available]) => `${available} of ${id}`);

/** Plays it before the audience. Returns what went otherwise than it should; nothing, when all is well. */
export const playRemote = async (play: RemotePlay): Promise<readonly string[]> => {
  const { client, inventory, log } = play;
  const scenario = scenarioOf((await offer(play)).map((product) => ({ product, quantity: 1 })));
  showTitle(1, scenario);
  const before = await inventory.levels();
  const order = await buy(client, scenario, audience);
  const after = await inventory.levels();
  showLevels(before, after);
  const problems = [
    ...endingProblems(order, scenario),
    ...differences('Calls', log.calls, callsOf(play)),
    ...differences('Stock', inWords(after), inWords(before)),
  ];
  showEnding(scenario, problems);
  return problems;
};
