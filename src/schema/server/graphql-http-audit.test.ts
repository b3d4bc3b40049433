import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AS_OPERATOR } from '../../../harness/support/tokens.ts';
import type { Exposure } from '../../platform/index.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';

/** An operator: the audit asks for a type of the schema. */
const fetchFn: typeof fetch = (input, init) =>
  fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), ...AS_OPERATOR } });

/** Text by GET, which the specification leaves to servers, and production refuses. */
const LEFT_TO_SERVERS = ['5A70', 'D6D5', '6A70'];

const LANES = [
  ['plain requests', '/graphql'],
  ['Yoga', '/graphql?lane=yoga'],
] as const;

describe.each(['development', 'production'] satisfies Exposure['mode'][])("graphql-http's audit, in %s", (mode) => {
  let server: GatewayServer;

  beforeAll(async () => {
    server = await startServer(served(memoryModules()), { host: '127.0.0.1', port: 0, exposure: { mode } });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each(LANES)('finds nothing in the lane of %s', async (_name, path) => {
    const results = await auditServer({ url: server.url + path, fetchFn });
    const found = results.filter(({ status }) => status !== 'ok');
    expect(results).toHaveLength(61);
    expect(found.filter(({ status }) => status !== 'notice')).toEqual([]);
    expect(found.map(({ id }) => id)).toEqual(mode === 'production' ? LEFT_TO_SERVERS : []);
  });
});
