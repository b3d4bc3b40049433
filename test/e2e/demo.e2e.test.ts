import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { type Client, WatchEventsDocument } from '../../src/cli/client.ts';
import type { DomainEvent } from '../../src/events/index.ts';
import { expectSound } from './invariants.ts';
import { paymentSucceeded, say, sayAsOwner } from './other-service.ts';
import { startPanier, type TestPanier } from './panier.ts';

type Outcome = { readonly exitCode: number | null; readonly text: string };
type Environment = Readonly<Record<string, string>>;

const runDemoWith = (more: Environment, ...args: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const env = { ...process.env, ...more };
    const demo = execFile(process.execPath, ['src/cli/demo.ts', ...args], { env }, (_error, stdout, stderr) =>
      resolve({ exitCode: demo.exitCode, text: stdout + stderr }),
    );
  });

const runDemo = (...args: readonly string[]): Promise<Outcome> =>
  runDemoWith({ PANIER_TOKEN: OPERATOR_TOKEN }, ...args);

/** What the owner says of the three orders, one after the other: the wrong thing of the first and the last. */
const ANSWERS: readonly ((orderId: string) => DomainEvent)[] = [
  (orderId) => ({ type: 'OrderCancelled', data: { orderId, reason: 'PAYMENT_DECLINED: The shop refused it.' } }),
  (orderId) => ({ type: 'OrderRejected', data: { orderId, reason: 'OUT_OF_STOCK' } }),
  (orderId) => ({ type: 'OrderConfirmed', data: { orderId } }),
];

const DECIDED = { types: ['StockReserved', 'StockReservationFailed'] };

const answer = async (panier: TestPanier, client: Client): Promise<void> => {
  const answers = ANSWERS.values();
  for await (const { events } of client.watch(WatchEventsDocument, { filter: DECIDED })) {
    const orderId = events.node.aggregateId;
    const word = answers.next().value?.(orderId);
    if (word?.type === 'OrderConfirmed') await say(panier.redis, paymentSucceeded(orderId, '1399.98'));
    if (word !== undefined) await sayAsOwner(panier, word);
  }
};

describe('the demo', () => {
  it('plays three sagas to the ends that they should have, again and again', async () => {
    await using panier = await startPanier();
    for (let nth = 0; nth < 2; nth += 1) {
      const { exitCode, text } = await runDemo('--url', panier.url);
      expect(text).toContain('3 of 3 sagas ended as they should.');
      expect(text.match(/✓ (CONFIRMED|REJECTED|CANCELLED), as it should be/g)).toHaveLength(3);
      expect(exitCode).toBe(0);
    }
    await expectSound(panier.db);
  });

  it('exits with 1 when sagas end otherwise than they should', async () => {
    await using panier = await startPanier({ roles: ['gateway', 'relay', 'saga', 'audit'] });
    const client = panier.client();
    const answering = answer(panier, client);
    const { exitCode, text } = await runDemo('--url', panier.url);
    await client[Symbol.asyncDispose]();
    await answering;
    expect(text).toContain('✗ ended CANCELLED (PAYMENT_DECLINED) instead of CONFIRMED (no failure)');
    expect(text).toContain('✗ ended CONFIRMED (no failure) instead of CANCELLED (PAYMENT_DECLINED)');
    expect(text).toContain(
      '✗ Carbon road wheel: 25 available, 0 reserved, 0 sold expected, 23 available, 0 reserved, 2 sold found',
    );
    expect(text).toContain('1 of 3 sagas ended as they should.');
    expect(exitCode).toBe(1);
  });

  it('finds the panier of the data directory, whatever its PORT', async () => {
    const dataDir = join(inject('runDirectory'), 'demo');
    const env = {
      ...process.env,
      PANIER_DATA_DIR: dataDir,
      PORT: '0',
      PANIER_INVENTORY_PORT: '0',
      PANIER_OPS_PORT: '0',
    };
    const panier = spawn('node', ['src/cli/start.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(panier.stdout, 'data', { signal: AbortSignal.timeout(60_000) });
    const { text, exitCode } = await runDemoWith({ PANIER_DATA_DIR: dataDir, PORT: '1' });
    panier.kill('SIGTERM');
    await once(panier, 'exit');
    expect(text).not.toContain('No panier is running');
    expect([text.includes('3 of 3 sagas ended as they should.'), exitCode]).toEqual([true, 0]);
  });

  it('shows each call of an order whose stock is in an inventory elsewhere: taken line by line, and given back', async () => {
    const { exitCode, text } = await runDemoWith({}, '--inventory', 'remote');
    const [, url = ''] = /^PUT (http:\/\/127\.0\.0\.1:\d+)\/stock/m.exec(text) ?? [];
    const line = (id: string, direction: string) => `PUT ${url}/stock/products/${id}/stock/${direction} 200 OK`;
    const ids = ['prod_1', 'prod_2', 'prod_3'];
    expect(text.split('\n').filter((each) => each.startsWith('PUT '))).toEqual([
      ...ids.map((id) => line(id, 'reduce')),
      ...ids.map((id) => line(id, 'increase')),
    ]);
    const failed = text.indexOf('PaymentFailed');
    expect(text.indexOf('/reduce')).toBeLessThan(text.indexOf('StockReserved'));
    expect(failed).toBeGreaterThan(text.lastIndexOf('/reduce'));
    expect(text).toContain('prod_3                    80 before, 80 after');
    expect(text).toContain('✓ CANCELLED, as it should be: not paid, and its stock given back.');
    expect(exitCode).toBe(0);
  });

  it.each([
    [['--inventory', 'cellar'], '--inventory is "cellar": say remote, or leave it out.\n'],
    [
      ['--inventory', 'remote', '--url', 'http://127.0.0.1:1'],
      '--inventory remote starts a panier of its own: leave --url out.\n',
    ],
  ])('says what is wrong with %j', async (args, message) => {
    expect(await runDemo(...args)).toEqual({ exitCode: 1, text: message });
  });

  it('exits with 1 when nobody answers', async () => {
    expect(await runDemo('--url', 'http://127.0.0.1:1')).toEqual({
      exitCode: 1,
      text: 'No panier is ready at http://127.0.0.1:1.\n',
    });
  });
});
