import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { openSdk } from './open-sdk.ts';
import type { Exported } from './telling-exporter.ts';

const NOWHERE = 'http://127.0.0.1:1/v1/traces';

const configured = (url: string, maxSpans: number) => ({
  url,
  sampler: 'parentbased_always_on' as const,
  ratio: 1,
  queue: { delayMs: 60_000, exportTimeoutMs: 2_000, maxSpans, maxAtOnce: maxSpans },
});

/** An endpoint that takes everything. */
const openEndpoint = async () => {
  let posts = 0;
  const server = createServer((request, response) => {
    posts += 1;
    request.resume().on('end', () => response.writeHead(200).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`;
  return { url, posts: () => posts, [Symbol.dispose]: () => void server.close() };
};

const sums = (told: readonly Exported[]) => ({
  sent: told.filter(({ error }) => error === undefined).reduce((sum, { spans }) => sum + spans, 0),
  lost: told.filter(({ error }) => error !== undefined).reduce((sum, { spans }) => sum + spans, 0),
});

describe('spans that wait to be sent', () => {
  it('are as many as may, and of the others it is told that they are lost', () => {
    const told: Exported[] = [];
    const { recorder } = openSdk(configured(NOWHERE, 1_000), [], (outcome) => void told.push(outcome));
    for (let nth = 0; nth < 999; nth += 1) recorder.begin({ name: 'a' }, null).end();
    expect(told).toEqual([]);
    for (let nth = 0; nth < 2_000; nth += 1) recorder.begin({ name: 'a' }, null).end();
    expect(sums(told).lost).toBeGreaterThanOrEqual(999);
  });

  it('leave room for others as they are sent', async () => {
    using endpoint = await openEndpoint();
    const told: Exported[] = [];
    const { recorder, close } = openSdk(configured(endpoint.url, 10), [], (outcome) => void told.push(outcome));
    for (let round = 1; round <= 3; round += 1) {
      for (let nth = 0; nth < 10; nth += 1) recorder.begin({ name: 'a' }, null).end();
      await eventually(() => expect(sums(told)).toEqual({ sent: 10 * round, lost: 0 }));
    }
    await close();
    expect(endpoint.posts()).toBe(3);
  });
});
