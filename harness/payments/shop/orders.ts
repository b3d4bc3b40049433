import { ask, type Panier } from './ask.ts';

export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** An order as panier tells of it. */
export interface OrderSeen {
  readonly id: string;
  readonly status: string;
  readonly totalAmount: Money;
  readonly payment: { readonly status: string } | null;
  readonly steps: readonly {
    readonly event: {
      readonly type: string;
      readonly occurredAt: string;
      readonly data: Readonly<Record<string, unknown>>;
    };
  }[];
}

const NODES = /* GraphQL */ `
  query ($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Order {
        id status totalAmount { amount currency } payment { status } steps { event { type occurredAt data } }
      }
    }
  }`;

const PAGE = 50;

/** Orders as they stand, by id; those that panier does not know are left out. */
export const ordersOf = async (panier: Panier, ids: readonly string[]): Promise<ReadonlyMap<string, OrderSeen>> => {
  const seen = new Map<string, OrderSeen>();
  for (let from = 0; from < ids.length; from += PAGE) {
    const page = ids.slice(from, from + PAGE);
    const { nodes } = await ask<{ readonly nodes: readonly (OrderSeen | null)[] }>(panier, NODES, { ids: page });
    for (const order of nodes) if (order !== null) seen.set(order.id, order);
  }
  return seen;
};
