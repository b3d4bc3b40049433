import { sleep } from '../../platform/index.ts';
import {
  AdjustStockDocument,
  accepted,
  type Client,
  ProductDocument,
  type ProductFieldsFragment,
  UpsertProductDocument,
} from '../client.ts';
import { DEMO_PRODUCTS } from '../demo-catalogue.ts';
import { DemoFailure } from './within.ts';

export type Product = ProductFieldsFragment;

/** The goods that the demo buys: three of which there is enough, and a scarce one. */
export interface Shelf {
  readonly grinder: Product;
  readonly kettle: Product;
  readonly wheel: Product;
  readonly book: Product;
}

interface Good {
  /** Its id in the demo catalogue. */
  readonly id: string;
  /** When fewer than `least` are there, `more` are ordered. */
  readonly least: number;
  readonly more: number;
}

const GOODS: Readonly<Record<keyof Shelf, Good>> = {
  grinder: { id: 'prod_2', least: 3, more: 25 },
  kettle: { id: 'prod_3', least: 3, more: 25 },
  wheel: { id: 'prod_4', least: 3, more: 25 },
  book: { id: 'prod_12', least: 1, more: 1 },
};

const SETTLE_MS = 3_000;
const POLL_MS = 20;

type DemoProduct = (typeof DEMO_PRODUCTS)[number];

const readProduct = async (client: Client, id: string): Promise<Product | null> =>
  (await client.request(ProductDocument, { id })).product;

/** The product with the first numbers that fit or, when those do not come in time, with those that it has. */
export const readUntil = async (client: Client, id: string, fits: (product: Product) => boolean): Promise<Product> => {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const product = await readProduct(client, id);
    if (product === null) throw new DemoFailure(`${id} is gone`);
    if (fits(product) || performance.now() > deadline) return product;
    await sleep(POLL_MS);
  }
};

/** The demo never buys a shop's own goods: an id of the demo catalogue may name something else there. */
const isOurs = (product: Product | null, { name }: DemoProduct): product is Product => product?.name === name;

const upsert = async (client: Client, { name, price }: DemoProduct, id: string): Promise<Product> => {
  const input = { id, name, price: { amount: price, currency: 'EUR' } };
  return accepted((await client.request(UpsertProductDocument, { input })).upsertProduct);
};

/** Waits for the read side: the numbers before an order must not be older than the delivery. */
const restock = async (client: Client, { id }: Product, more: number): Promise<Product> => {
  const input = { productId: id, delta: more, reason: 'npm run demo' };
  const { available } = accepted((await client.request(AdjustStockDocument, { input })).adjustStock);
  return readUntil(client, id, (product) => product.available >= available);
};

const take = async (client: Client, key: keyof Shelf): Promise<Product> => {
  const { id, least, more } = GOODS[key];
  const wanted = DEMO_PRODUCTS.find((product) => product.id === id);
  if (wanted === undefined) throw new Error(`The demo catalogue has no ${id}.`);
  const ownId = id.replace('prod_', 'prod_demo_');
  const known = await readProduct(client, id);
  const product = isOurs(known, wanted)
    ? known
    : ((await readProduct(client, ownId)) ?? (await upsert(client, wanted, ownId)));
  return product.available < least ? restock(client, product, more) : product;
};

/** Takes the demo's goods from the catalogue, or puts them there; orders more of what is low. */
export const prepareShelf = async (client: Client): Promise<Shelf> => {
  const [grinder, kettle, wheel, book] = await Promise.all([
    take(client, 'grinder'),
    take(client, 'kettle'),
    take(client, 'wheel'),
    take(client, 'book'),
  ]);
  return { grinder, kettle, wheel, book };
};
