import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

interface Told {
  readonly loaded?: readonly string[];
  readonly error?: string;
  readonly stopMs?: number;
}

const FIXTURE = join(import.meta.dirname, 'traced-process.fixture.ts');

/** Has a process of its own make a span, and stop. */
const run = async (mode: 'off' | 'on' | 'missing', env: Readonly<Record<string, string>> = {}) => {
  const options = { timeout: 60_000, env: { PATH: process.env['PATH'] ?? '', ...env } };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [FIXTURE, mode], options);
  return { told: JSON.parse(stdout) as Told, stderr };
};

interface Received {
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Something that takes what is posted to it, and answers so. */
const openEndpoint = async (answer: (response: ServerResponse) => void) => {
  const received: Received[] = [];
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    received.push({ path: request.url, headers: request.headers, body: await buffer(request) });
    answer(response);
  };
  const server = createServer((request, response) => void receive(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, received, [Symbol.dispose]: close };
};

const taken = (response: ServerResponse): void => void response.writeHead(200).end();

describe('a process that is told of no endpoint', () => {
  it('loads nothing of OpenTelemetry', async () => {
    const { told, stderr } = await run('off');
    expect(told.loaded).toEqual([]);
    expect(stderr).toBe('');
  });
});

describe('a process that is told of an endpoint', () => {
  it('sends there what it has when it stops, as the standard variables say', async () => {
    using endpoint = await openEndpoint(taken);
    const { told } = await run('on', {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=shop',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    });
    expect(told.loaded).toContain('@opentelemetry/otlp-exporter-base');
    const [posted] = endpoint.received;
    expect(endpoint.received).toHaveLength(1);
    expect(posted).toMatchObject({ path: '/v1/traces', headers: { 'x-tenant': 'shop' } });
    expect(posted?.headers['content-type']).toBe('application/x-protobuf');
    for (const text of [
      'a span',
      'panier.order.id',
      'order_1',
      'service.name',
      'service.version',
      'panier',
      'deployment.environment.name',
    ])
      expect(posted?.body.includes(text)).toBe(true);
  });

  it('is called as OTEL_SERVICE_NAME says', async () => {
    using endpoint = await openEndpoint(taken);
    await run('on', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.url, OTEL_SERVICE_NAME: 'wheel-shop' });
    expect(endpoint.received[0]?.body.includes('wheel-shop')).toBe(true);
  });

  it('sends compressed where that is asked for, and with headers for traces before those for everything', async () => {
    using endpoint = await openEndpoint(taken);
    await run('on', {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.url,
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=all,x-kept=yes',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-tenant=traces',
    });
    const [posted] = endpoint.received;
    expect(posted?.headers).toMatchObject({ 'content-encoding': 'gzip', 'x-tenant': 'traces', 'x-kept': 'yes' });
    expect(gunzipSync(posted?.body ?? '').includes('a span')).toBe(true);
  });

  it('does not start with a certificate that it cannot read, and says which', async () => {
    const { told } = await run('on', {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://127.0.0.1:1',
      OTEL_EXPORTER_OTLP_CERTIFICATE: '/nowhere.pem',
    });
    expect(told.error).toContain('TracingMisconfigured: OTEL_EXPORTER_OTLP_CERTIFICATE is "/nowhere.pem"');
  });

  it('sends nothing of what its sampler leaves out', async () => {
    using endpoint = await openEndpoint(taken);
    const sampler = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' };
    await run('on', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.url, ...sampler });
    expect(endpoint.received).toEqual([]);
  });

  it('warns of one that refuses, and stops all the same', async () => {
    using endpoint = await openEndpoint((response) => response.writeHead(400).end());
    const { stderr } = await run('on', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.url });
    expect(stderr.split('\n').filter((line) => line.includes('spans were not taken, and are lost'))).toHaveLength(1);
  });

  it('does not wait for one that never answers, and says what it had not taken', async () => {
    using endpoint = await openEndpoint(() => {});
    const { told, stderr } = await run('on', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.url });
    expect(endpoint.received).toHaveLength(1);
    expect(told.stopMs).toBeLessThan(3_000);
    expect(stderr).toMatch(/"spans":1,.*"spans were not taken, and are lost"/);
  });

  it('does not start without the packages, and says what would do', async () => {
    const { told } = await run('missing', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
    expect(told.error).toContain('TracingMissing');
    expect(told.error).toContain('npm ci without --omit=optional');
  });
});
