import type { Db } from '../../database/index.ts';
import { idPart, instantPart, tokenOf } from '../../events/index.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { mergedListing } from '../merged-lists.ts';
import { ORDER, type OrderRow } from './row.ts';
import { type OrderRequest, sourcesOf } from './sources.ts';

export interface OrderPageRequest extends PageRequest, OrderRequest {}

const newestFirst = mergedListing<OrderRow>(ORDER, {
  cursor: tokenOf('orders:', [instantPart, idPart]),
  by: 'createdAt',
  keyOf: ({ createdAt, id }) => [createdAt ?? '', id],
});

/** Orders that fit, newest first. @throws {InvalidCursor} */
export const searchPage = (db: Db, request: OrderPageRequest): Promise<Page<OrderRow>> => {
  const { since, until } = request.filter ?? {};
  return newestFirst(db, { ...request, since, until }, sourcesOf(request));
};
