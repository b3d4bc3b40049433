import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PageRefusal, Pages } from '../../pages/index.ts';
import type { Entrance } from './entrance.ts';
import { isOwnPage } from './own-page.ts';
import { refuseRequest } from './refusal.ts';

const CODES: Readonly<Record<PageRefusal['status'], string>> = {
  404: 'NOT_FOUND',
  405: 'BAD_REQUEST',
  503: 'UNAVAILABLE',
};

/** Serves a page; signs in whoever opens the operators' on the machine itself, as GraphiQL does. */
export const answerPage = (
  pages: Pages,
  { page }: Pick<Entrance, 'page'>,
): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  return async (request, response) => {
    if (page !== null && isOwnPage(request)) response.setHeader('set-cookie', await page.newCookie());
    const refusal = pages.answer(request, response);
    if (refusal === null) return;
    refuseRequest(response, { ...refusal, code: CODES[refusal.status] ?? 'BAD_REQUEST' });
  };
};
