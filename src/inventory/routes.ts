import type { StockMove } from '../saga/index.ts';

/** What a path leads to. A product's id stands as it was sent: percent-encoded. */
export type Route =
  | { readonly kind: 'Document' }
  | { readonly kind: 'Stock'; readonly encodedId: string }
  | { readonly kind: 'Move'; readonly encodedId: string; readonly move: StockMove };

export const PATHS = {
  document: '/openapi.json',
  stock: '/stock/products/{productId}',
  reduceStock: '/stock/products/{productId}/stock/reduce',
  increaseStock: '/stock/products/{productId}/stock/increase',
} as const;

const STOCK = /^\/stock\/products\/([^/]+)(?:\/stock\/(reduce|increase))?$/;

const MOVES = { reduce: 'reduceStock', increase: 'increaseStock' } as const;

/** Where a request leads by its path; null when nothing is there. */
export const routeOf = (url: string): Route | null => {
  const path = url.split('?', 1)[0] ?? '';
  if (path === PATHS.document) return { kind: 'Document' };
  const [, encodedId, move] = STOCK.exec(path) ?? [];
  if (encodedId === undefined) return null;
  return move === 'reduce' || move === 'increase'
    ? { kind: 'Move', encodedId, move: MOVES[move] }
    : { kind: 'Stock', encodedId };
};

/** The route of a request that is about stock, as it is traced: without the product. */
export const tracedAs = ({ url = '' }: { readonly url?: string | undefined }): string | null => {
  const route = routeOf(url);
  if (route === null || route.kind === 'Document') return null;
  return route.kind === 'Stock' ? PATHS.stock : PATHS[route.move];
};

const METHODS = { Document: ['GET', 'HEAD'], Stock: ['GET', 'HEAD'], Move: ['PUT'] } as const satisfies Record<
  Route['kind'],
  readonly string[]
>;

/** The methods by which it may be asked for. */
export const methodsOf = ({ kind }: Route): readonly string[] => METHODS[kind];
