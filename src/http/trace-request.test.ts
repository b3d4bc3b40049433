import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openSpanNotes, traceparentIn } from '../../harness/support/span-notes.ts';
import { recordSpans } from '../platform/index.ts';
import { traceRequest } from './trace-request.ts';

/** What the request is said to come with where it is answered. */
const answeredWith = async (headers: Readonly<Record<string, string>>): Promise<string | undefined> => {
  let seen: string | undefined;
  const server = createServer((request, response) => {
    traceRequest({ request, response, routeOf: () => '/graphql' }, () => {
      seen = request.headers['traceparent'] as string | undefined;
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const asked = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', headers, agent: false });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  await once(response.resume(), 'end');
  await new Promise((resolve) => server.close(resolve));
  return seen;
};

describe('a request that is recorded', () => {
  it('is answered as a part of its span, in its client’s trace', async () => {
    using spans = openSpanNotes();
    const traceparent = await answeredWith({ traceparent: traceparentIn('a') });
    expect(traceparent).toMatch(/^00-a{32}-0{15}1-01$/);
    expect(spans.begun()).toEqual([['GET /graphql', traceparentIn('a')]]);
    expect(spans.notes.at(-1)).toEqual(['GET /graphql', 'ends']);
  });
});

const leavingOut = () => recordSpans({ begin: () => undefined });

describe('a request that the sampler leaves out', () => {
  it('is answered without a trace where its client named none', async () => {
    using _none = leavingOut();
    expect(await answeredWith({})).toBeUndefined();
  });

  it('is answered in its client’s trace, as not recorded', async () => {
    using _none = leavingOut();
    expect(await answeredWith({ traceparent: traceparentIn('a') })).toBe(traceparentIn('a', '00'));
    expect(await answeredWith({ traceparent: traceparentIn('a', '00') })).toBe(traceparentIn('a', '00'));
  });
});
