import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { targetOf } from './request-target.ts';

const requestTo = (host: string, url: string): IncomingMessage =>
  Object.assign(new IncomingMessage(new Socket()), { url, headers: { host } });

describe('the target of a request', () => {
  it.each([1, 80, 4_000, 9_999, 10_000, 59_999, 64_999, 65_000, 65_535])('has a host whose port is %i', (port) => {
    const target = targetOf(requestTo(`localhost:${port}`, '/graphql'));
    expect(target).toEqual({ path: '/graphql', url: '/graphql', host: 'localhost' });
  });

  it.each([65_536, 69_999, 99_999, 100_000])('is none where the port is %i, which there is not', (port) => {
    expect(targetOf(requestTo(`localhost:${port}`, '/graphql'))).toBeNull();
  });
});
