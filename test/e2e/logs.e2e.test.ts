import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { startProxy } from '../../harness/support/tcp-proxy.ts';
import { AS_OPERATOR, OPERATOR_TOKEN, TOKEN_ENVIRONMENT } from '../../harness/support/tokens.ts';
import { connect } from '../../src/cli/client.ts';
import { compareCodePoints } from '../../src/events/index.ts';
import { readRunningServers } from '../../src/servers/index.ts';
import { startPanier } from './panier.ts';
import { ends, fillCart, placeOrder, shelve } from './shop.ts';

type Line = Readonly<Record<string, unknown>>;

const START = 'src/cli/start.ts';
const NO_PORTS = { PORT: '0', PANIER_INVENTORY_PORT: '0', PANIER_OPS_PORT: '0' };
const ours = (env: Readonly<Record<string, string>>) => ({ PATH: process.env['PATH'] ?? '', ...NO_PORTS, ...env });

const linesIn = (text: string): readonly Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

/** A start that comes to nothing. */
const refusal = (
  env: Readonly<Record<string, string>>,
): Promise<{ readonly stdout: string; readonly stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [START], { env: ours(env) }, (_error, stdout, stderr) => resolve({ stdout, stderr }));
  });

describe('a start that is refused', () => {
  it.each(['info', 'silent'])('is one line, with all that is wrong, at LOG_LEVEL=%s', async (level) => {
    const { stdout, stderr } = await refusal({ PORT: 'everywhere', PANIER_MODE: 'production', LOG_LEVEL: level });
    expect(stdout).toBe('');
    const [line, ...more] = linesIn(stderr);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ level: 'fatal', msg: 'The start was refused' });
    const { problems } = line as { readonly problems: readonly string[] };
    expect(problems.join('\n')).toMatch(/^PORT is "everywhere".*PANIER_DEMO_CATALOGUE/s);
    expect(problems.length).toBeGreaterThan(3);
  });

  it('is for people where they asked for it', async () => {
    const { stderr } = await refusal({ PORT: 'everywhere', LOG_FORMAT: 'pretty' });
    expect(stderr).toMatch(/^The configuration is not usable:\n {2}- PORT is "everywhere"/);
  });
});

interface Spawned {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly lines: () => readonly Line[];
}

const spawned: Spawned[] = [];

/** One that logs JSON and nothing else. */
const spawnQuiet = async (env: Readonly<Record<string, string>>): Promise<Spawned> => {
  const child = spawn(process.execPath, [START], { env: ours({ LOG_FORMAT: 'json', ...env }), stdio: 'pipe' });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => void (said[stream] += text));
  const one = { child, stdout: () => said.stdout, lines: () => linesIn(said.stderr) };
  spawned.push(one);
  await eventually(() => expect(said.stderr).toContain('"panier has started"'), 45_000);
  return one;
};

const stop = async ({ child }: Spawned): Promise<void> => {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
};

const gatewayOf = ({ lines }: Spawned): string => {
  const { urls } = lines().find(({ msg }) => msg === 'panier has started') as {
    readonly urls: { readonly gateway: string };
  };
  return urls.gateway;
};

const withMessage = (all: readonly Spawned[], message: string): readonly Line[] =>
  all.flatMap(({ lines }) => lines()).filter(({ msg }) => msg === message);

const messages = (lines: readonly Line[]): readonly unknown[] => lines.map(({ msg }) => msg);
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('two processes that both play audit', () => {
  let directory: string;
  let both: readonly Spawned[];
  let url: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'panier-logs-'));
    const first = await spawnQuiet({ ...TOKEN_ENVIRONMENT, PANIER_DATA_DIR: join(directory, 'data') });
    const urls = readRunningServers(join(directory, 'data'))?.environment ?? {};
    const second = await spawnQuiet({ ...urls, PANIER_ROLES: 'audit', PANIER_DATA_DIR: join(directory, 'second') });
    both = [first, second];
    url = gatewayOf(first);
  }, 90_000);
  afterAll(async () => {
    for (const one of spawned.toReversed()) await stop(one);
    rmSync(directory, { recursive: true });
  });

  it('log one line between them for each saga that ends, found by its order and its trace', async () => {
    await using client = connect({ url, token: OPERATOR_TOKEN });
    const productId = await shelve(client, 50);
    const orders: string[] = [];
    for (let nth = 0; nth < 6; nth += 1)
      orders.push(await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' }));
    const cartId = await fillCart(client, [{ productId: await shelve(client, 0), quantity: 1 }]);
    const input = `{ cartId: "${cartId}", paymentMethod: "pm_card_visa" }`;
    const traced = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        ...AS_OPERATOR,
        'content-type': 'application/json',
        traceparent: `00-${TRACE_ID}-${'b'.repeat(16)}-01`,
      },
      body: JSON.stringify({ query: `mutation { checkout(input: ${input}) { ... on Order { id } } }` }),
    });
    const { data } = (await traced.json()) as { readonly data: { readonly checkout: { readonly id: string } } };
    orders.push(data.checkout.id);
    for (const order of orders) await ends(client, order);
    const ended = await eventually(() => {
      const found = withMessage(both, 'A saga has ended');
      expect(found).toHaveLength(orders.length);
      return found;
    });
    const found = ended.map(({ orderId }) => String(orderId));
    expect(found.toSorted(compareCodePoints)).toEqual(orders.toSorted(compareCodePoints));
    for (const line of ended) expect(line['correlationId']).toBe(line['orderId']);
    expect(ended.find(({ orderId }) => orderId === orders.at(-1))).toMatchObject({
      level: 'info',
      outcome: 'REJECTED',
      traceId: TRACE_ID,
    });
  });

  it('say what an operator did, and who', async () => {
    const query = 'mutation { revokeTokens(sub: "ann") { ... on RevokedTokens { sub } } }';
    const headers = { ...AS_OPERATOR, 'content-type': 'application/json' };
    await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const told = [{ act: 'revokeTokens', by: 'operator', on: 'ann', outcome: 'done' }];
    await eventually(() => expect(withMessage(both, 'An operator has acted')).toMatchObject(told));
  });

  it('print nothing but lines of JSON, from their start to their end', async () => {
    for (const one of both.toReversed()) {
      await stop(one);
      expect(one.stdout()).toBe('');
      expect(messages(one.lines())).toEqual(expect.arrayContaining(['panier has started', 'panier stops']));
      expect(messages(one.lines()).at(-1)).toBe('panier has stopped');
      for (const line of one.lines()) expect(line).toMatchObject({ service: 'panier', pid: one.child.pid });
    }
    const [first, second] = both.map(({ lines }) => lines().at(-1)?.['instance']);
    expect([first, second]).toEqual([1, 2]);
  });
});

describe('a PostgreSQL that is away', () => {
  it('is told of by some lines, however many ask meanwhile', async () => {
    await using database = await testDatabase();
    await using proxy = await startProxy(database.url);
    const lines: string[] = [];
    const onLine = (line: string) => void lines.push(line);
    const byProxy = { url: proxy.url, [Symbol.asyncDispose]: async () => {} };
    await using panier = await startPanier({ logLevel: 'info', onLine }, byProxy);
    proxy.leadTo('postgres://127.0.0.1:1');
    proxy.cut();
    const ask = () => fetch(`${panier.url}/graphql?query={product(id:"prod_1"){id}}`).then(({ status }) => status);
    for (let round = 0; round < 20; round += 1) await Promise.all(Array.from({ length: 20 }, ask));
    const refusals = lines.filter((line) => line.includes('A request was refused: something it needs is away'));
    expect(refusals).toHaveLength(10);
    expect(lines.length).toBeLessThan(150);
    proxy.leadTo(database.url);
  });
});
