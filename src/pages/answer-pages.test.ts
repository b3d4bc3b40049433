import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { openPages } from './answer-pages.ts';

it('says what to do where the pages are not built', () => {
  const pages = openPages({ files: new Map(), documents: {} }, ['console']);
  const request = Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/console' });
  expect(pages.asked(request)).toBe('console');
  const refusal = pages.answer(request, new ServerResponse(request));
  expect(refusal).toEqual({ status: 503, message: expect.stringContaining('npm run pages') as string });
});
