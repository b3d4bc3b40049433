import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { takeTicket } from './take-ticket.ts';

describe('a ticket in a URL', () => {
  it.each([
    ['/graphql', '/graphql', null],
    ['/graphql?query={a}', '/graphql?query={a}', null],
    ['/graphql?ticket=abc', '/graphql', 'abc'],
    ['/graphql?ticket=a-b_c&query=%7Ba%7D', '/graphql?query=%7Ba%7D', 'a-b_c'],
    ['/graphql?query=%7Ba%7D&ticket=abc&variables={}', '/graphql?query=%7Ba%7D&variables={}', 'abc'],
    ['/graphql?ticket=a&ticket=b', '/graphql', 'a'],
    ['/graphql?ticket=', '/graphql', ''],
    ['/graphql?ticket=%61%20b', '/graphql', 'a b'],
    ['/graphql?ticket=%ff', '/graphql', '\ufffd'],
    ['/graphql?query={a(ticket:1)}&myticket=1', '/graphql?query={a(ticket:1)}&myticket=1', null],
    ['/graphql?a=?ticket=1', '/graphql?a=?ticket=1', null],
    ['/graphql?%74icket=abc', '/graphql', 'abc'],
  ])('is taken out of it: %s', (url, without, ticket) => {
    const request = Object.assign(new IncomingMessage(new Socket()), { url });
    expect([takeTicket(request), request.url]).toEqual([ticket, without]);
  });
});
