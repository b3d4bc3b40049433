import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { sleep } from '../../src/platform/index.ts';
import { startPanier, type TestPanier } from './panier.ts';

let panier: TestPanier;
beforeAll(async () => {
  panier = await startPanier();
});
afterAll(() => panier[Symbol.asyncDispose]());

const post = (query: string, accept: string): string => {
  const body = JSON.stringify({ query });
  const head = ['POST /graphql HTTP/1.1', 'host: localhost', `authorization: Bearer ${OPERATOR_TOKEN}`];
  const own = [`accept: ${accept}`, 'content-type: application/json', `content-length: ${body.length}`];
  return `${[...head, ...own].join('\r\n')}\r\n\r\n${body}`;
};

/** A stream that goes on for as long as it is read, and what is sent behind it on its connection. */
const sendBehindStream = async (ahead: string): Promise<Socket> => {
  const { hostname, port } = new URL(panier.url);
  const client = connect(Number(port), hostname);
  client.on('error', () => {});
  client.resume();
  const answered = Promise.race([once(client, 'data'), once(client, 'close')]);
  client.write(post('subscription { events { cursor } }', 'text/event-stream') + ahead);
  await answered;
  return client;
};

const carts = async (): Promise<number> =>
  (await panier.db.selectFrom('write.journal').select('event_id').where('type', '=', 'CartCreated').execute()).length;

describe('what is sent ahead on a connection', () => {
  it('is not carried out before what was asked for first is answered', async () => {
    const before = await carts();
    const client = await sendBehindStream(post('mutation { createCart { __typename } }', 'application/json'));
    await sleep(500);
    client.destroy();
    await sleep(200);
    expect(await carts()).toBe(before);
  });

  it('ends it when it is more than anybody waits for', async () => {
    const client = await sendBehindStream('GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(40));
    if (!client.closed) await once(client, 'close');
    expect(client.closed).toBe(true);
  });
});
