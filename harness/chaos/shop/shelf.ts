import type { Random } from '../../support/random.ts';

export const WORKLOADS = ['storm', 'race'] as const;
/** storm: many products, some of them hot and scarce; race: few of everything, carts and orders that many pull at. */
export type Workload = (typeof WORKLOADS)[number];

export interface Article {
  readonly id: string;
  readonly price: string;
  readonly stock: number;
  readonly isHot: boolean;
}

export const CANARY: Article = { id: 'prod_canary', price: '1.00', stock: 1_000_000, isHot: false };

const PLENTY = 1_000_000;
const SIZES = {
  storm: { articles: 50, hot: 5, hotStock: 5, stock: PLENTY },
  race: { articles: 4, hot: 4, hotStock: 30, stock: 30 },
} as const satisfies Record<Workload, object>;

/** What the shop sells in this workload, the canary's product included. */
export const shelfOf = (workload: Workload, random: Random): readonly Article[] => {
  const { articles, hot, hotStock, stock } = SIZES[workload];
  const own = Array.from({ length: articles }, (_, index) => ({
    id: `prod_${workload}_${index + 1}`,
    price: (random.integer(1, 99_999) / 100).toFixed(2),
    stock: index < hot ? hotStock : stock,
    isHot: index < hot,
  }));
  return [...own, CANARY];
};
