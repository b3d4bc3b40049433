import {
  AdjustStockDocument,
  accepted,
  type Client,
  ProductDocument,
  type ProductFieldsFragment,
  UpsertProductDocument,
} from '../client.ts';
import { DEMO_PRODUCTS } from '../demo-catalogue.ts';

export type Product = ProductFieldsFragment;

/** The goods that the demo buys: three of which there is enough, and a scarce one. */
export interface Shelf {
  readonly grinder: Product;
  readonly kettle: Product;
  readonly wheel: Product;
  readonly book: Product;
}

const GOODS = { grinder: 'prod_2', kettle: 'prod_3', wheel: 'prod_4', book: 'prod_12' } as const;

const ENOUGH = 3;
const RESTOCK = 25;

type DemoProduct = (typeof DEMO_PRODUCTS)[number];

export const readProduct = async (client: Client, id: string): Promise<Product | null> =>
  (await client.request(ProductDocument, { id })).product;

/** The demo never buys a shop's own goods: an id of the demo catalogue may name something else there. */
const isOurs = (product: Product | null, { name }: DemoProduct): product is Product => product?.name === name;

const upsert = async (client: Client, { name, price }: DemoProduct, id: string): Promise<Product> => {
  const input = { id, name, price: { amount: price, currency: 'EUR' } };
  return accepted((await client.request(UpsertProductDocument, { input })).upsertProduct);
};

const restocked = async (client: Client, { id }: Product): Promise<Product> => {
  const input = { productId: id, delta: RESTOCK, reason: 'npm run demo' };
  return accepted((await client.request(AdjustStockDocument, { input })).adjustStock);
};

const take = async (client: Client, key: keyof Shelf): Promise<Product> => {
  const wanted = DEMO_PRODUCTS.find(({ id }) => id === GOODS[key]);
  if (wanted === undefined) throw new Error(`The demo catalogue has no ${GOODS[key]}.`);
  const ownId = wanted.id.replace('prod_', 'prod_demo_');
  const found = await readProduct(client, wanted.id);
  const product = isOurs(found, wanted)
    ? found
    : ((await readProduct(client, ownId)) ?? (await upsert(client, wanted, ownId)));
  return key !== 'book' && product.available < ENOUGH ? restocked(client, product) : product;
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
