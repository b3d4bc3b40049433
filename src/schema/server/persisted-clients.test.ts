import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client, fetchExchange, stringifyDocument } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';
import { print } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AS_OPERATOR } from '../../../harness/support/tokens.ts';
import type { Exposure } from '../../platform/index.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';

const { created, reserved } = orderEvents('customer-1');
const KNOWN = `query Known { known: order(id: "${ORDER_ID}") { id status } }`;
const UNKNOWN = `query Unknown { unknown: order(id: "${ORDER_ID}") { id status } }`;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const cache = new InMemoryCache();
const apollosText = (query: string): string => print(cache.transformDocument(gql(query)));
const urqlsText = (query: string): string => stringifyDocument(gql(query));

let folder: string;
let server: GatewayServer;
let bodies: string[];

const start = async (documents: Exposure['documents']): Promise<void> => {
  const texts = [apollosText(KNOWN), urqlsText(KNOWN)];
  const documentsManifest = join(folder, 'documents.json');
  await writeFile(documentsManifest, JSON.stringify(Object.fromEntries(texts.map((text) => [sha256(text), text]))));
  const modules = memoryModules();
  modules.append(ORDER_ID, created, reserved);
  server = await startServer(served(modules), {
    host: '127.0.0.1',
    port: 0,
    exposure: { documents, documentsManifest },
  });
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'panier-clients-'));
  bodies = [];
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const recording: typeof fetch = (input, init) => {
  const url = input instanceof Request ? input.url : input.toString();
  bodies.push(typeof init?.body === 'string' ? init.body : url);
  return fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), ...AS_OPERATOR } });
};

const uri = (): string => `${server.url}/graphql`;

const generateHash = (document: Parameters<typeof print>[0]): string => sha256(print(document));

const byApollo = (useGETForHashedQueries: boolean) => async (query: string) => {
  const link = new PersistedQueryLink({ generateHash, useGETForHashedQueries }).concat(
    new HttpLink({ uri: uri(), fetch: recording }),
  );
  const { data, error } = await new ApolloClient({ link, cache: new InMemoryCache() }).query({
    query: gql(query),
    errorPolicy: 'all',
  });
  return { data: data ?? null, error: error?.message };
};

const byUrql = (preferGetForPersistedQueries: boolean) => async (query: string) => {
  const exchange = persistedExchange({ preferGetForPersistedQueries, generateHash: async (text) => sha256(text) });
  const client = new Client({
    url: uri(),
    exchanges: [exchange, fetchExchange],
    fetch: recording,
    preferGetMethod: false,
  });
  const { data, error } = await client.query<unknown>(query, {}).toPromise();
  return { data: data ?? null, error: error?.message };
};

describe.each([
  ["Apollo's client", byApollo(false)],
  ["Apollo's client, by GET", byApollo(true)],
  ["urql's", byUrql(false)],
  ["urql's, by GET", byUrql(true)],
])('%s', (_name, query) => {
  it('runs what is known, by its hash alone', async () => {
    await start('trusted');
    expect(await query(KNOWN)).toMatchObject({ data: { known: { status: 'AWAITING_PAYMENT' } } });
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).not.toContain('status');
  });

  it('falls back to the text of what is unknown, where any text is run', async () => {
    await start('any');
    expect(await query(UNKNOWN)).toMatchObject({ data: { unknown: { status: 'AWAITING_PAYMENT' } } });
    expect(bodies).toHaveLength(2);
  });

  it('is told why the text of what is unknown is not run', async () => {
    await start('trusted');
    const { data, error } = await query(UNKNOWN);
    expect(data).toBeNull();
    expect(error).toContain('Only documents of a manifest are run here');
  });
});
