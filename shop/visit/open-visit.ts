import { Client, fetchExchange } from '@urql/core';
import { ShopStartVisit } from '../../ui/generated/operations.ts';
import { type NewVisit, type OneAtATime, VisitKeeper } from './visit-keeper.ts';

const VISITOR = 'visitor';
const OTHER = 'other';
/** In a page's address: this window is a visitor of its own, beside the browser's other windows. */
export const OTHER_VISITOR_QUERY = `${VISITOR}=${OTHER}`;
const OTHER_UNDER = 'panier.shop.other';

// Without the console's cookie, which the browser would send along: nobody's, and no operator's.
const nobody = new Client({
  url: '/graphql',
  preferGetMethod: false,
  fetchOptions: { credentials: 'omit' },
  exchanges: [fetchExchange],
});

const start = async (): Promise<NewVisit> => {
  const { data, error } = await nobody.mutation(ShopStartVisit, {});
  if (error !== undefined) throw error;
  if (data?.startVisit.__typename === 'Visit') return data.startVisit;
  throw new Error(data?.startVisit.message ?? 'panier began no visit.');
};

// Where the page is not of a secure origin, there are no locks, and two tabs that open together are two visits.
const oneAtATime: OneAtATime = async (work) =>
  'locks' in navigator ? navigator.locks.request('panier.shop.visit', work) : work();

/** Whether this window is a second visitor. Asked for in its address once, and kept as long as the window is there. */
export const isOtherVisitor = (): boolean => {
  if (new URLSearchParams(location.search).get(VISITOR) === OTHER) sessionStorage.setItem(OTHER_UNDER, OTHER);
  return sessionStorage.getItem(OTHER_UNDER) === OTHER;
};

/** The visit of this browser, or of this window alone. */
export const openVisit = (): VisitKeeper => {
  const kept = isOtherVisitor() ? sessionStorage : localStorage;
  const keeper = new VisitKeeper({ kept, start, oneAtATime });
  addEventListener('storage', keeper.look);
  return keeper;
};
