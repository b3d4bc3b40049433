import { ask, CART_FIELDS, type CartAnswer } from '../shop/index.ts';
import type { Stock } from './records.ts';

const PAGE = 100;
const BATCH = 50;

export interface OrderModel {
  readonly id: string;
  readonly cartId: string;
  readonly status: string;
  readonly revision: number;
  readonly totalAmount: { readonly amount: string };
  readonly lines: readonly {
    readonly productId: string;
    readonly quantity: number;
    readonly unitPrice: { readonly amount: string };
  }[];
  readonly steps: readonly {
    readonly revision: number;
    readonly status: string;
    readonly event: { readonly eventId: string };
  }[];
}

export interface ReadModels {
  readonly orders: ReadonlyMap<string, OrderModel>;
  readonly carts: ReadonlyMap<string, CartAnswer>;
  readonly products: ReadonlyMap<string, Stock>;
}

const ORDERS = `query ($first: Int, $after: String) { orders(first: $first, after: $after) {
  edges { node {
    id cartId status revision totalAmount { amount } lines { productId quantity unitPrice { amount } }
    steps { revision status event { eventId } }
  } }
  pageInfo { hasNextPage endCursor }
} }`;

const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) {
  __typename ... on Cart { ${CART_FIELDS} } ... on Product { id available reserved sold }
} }`;

interface OrderPage {
  readonly edges: readonly { readonly node: OrderModel }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** An operator's question, answered whole. @throws when it is not */
const answerTo = async <T>(url: string, query: string, variables: Readonly<Record<string, unknown>>): Promise<T> => {
  const { data, errors } = await ask({ url, customerId: null, query, variables });
  if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
  return data as T;
};

const readOrders = async (url: string): Promise<readonly OrderModel[]> => {
  const orders: OrderModel[] = [];
  let after: string | null = null;
  for (;;) {
    const page: { orders: OrderPage } = await answerTo(url, ORDERS, { first: PAGE, after });
    orders.push(...page.orders.edges.map(({ node }) => node));
    if (!page.orders.pageInfo.hasNextPage) return orders;
    after = page.orders.pageInfo.endCursor;
  }
};

const readNodes = async <T>(url: string, ids: readonly string[]): Promise<readonly T[]> => {
  const found: T[] = [];
  for (let index = 0; index < ids.length; index += BATCH) {
    const batch = ids.slice(index, index + BATCH);
    const { nodes } = await answerTo<{ readonly nodes: readonly (T | null)[] }>(url, NODES, { ids: batch });
    found.push(...nodes.filter((node) => node !== null));
  }
  return found;
};

const byId = <T extends { readonly id: string }>(models: readonly T[]): ReadonlyMap<string, T> =>
  new Map(models.map((model) => [model.id, model]));

/** Every order, cart and product as the API shows them, half from one gateway and half from the other. */
export const readModels = async (
  gateways: readonly string[],
  { cartIds, productIds }: { readonly cartIds: readonly string[]; readonly productIds: readonly string[] },
): Promise<ReadModels> => {
  const [first = '', second = first] = gateways;
  const products = await readNodes<{ readonly id: string } & Stock>(second, productIds);
  return {
    orders: byId(await readOrders(first)),
    carts: byId(await readNodes<CartAnswer>(second, cartIds)),
    products: byId(products),
  };
};
