import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { History } from '../../chaos/shop/index.ts';
import { Random } from '../../support/random.ts';
import { openPatientCommander } from './patient-commander.ts';
import { Stopwatch } from './stopwatch.ts';

const opened: Disposable[] = [];
afterEach(() => opened.splice(0).forEach((each) => each[Symbol.dispose]()));

type Body = { readonly variables: { readonly input: { readonly idempotencyKey: string } } };
type Reaction = 'cuts off' | 'unavailable' | 'answers';

const UNAVAILABLE = { errors: [{ message: 'It is away.', extensions: { code: 'UNAVAILABLE' } }] };
const ANSWER = { data: { result: { __typename: 'Product', id: 'prod_1' } } };

/** Reacts to each request in turn, the last way for ever, and tells the keys that it got. */
const openGateway = async (...reactions: readonly Reaction[]) => {
  const keys: string[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const reaction = reactions[Math.min(keys.length, reactions.length - 1)];
      keys.push((body as Body).variables.input.idempotencyKey);
      if (reaction === 'cuts off') return void request.socket.destroy();
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify(reaction === 'answers' ? ANSWER : UNAVAILABLE));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ [Symbol.dispose]: () => void server.close() });
  return { keys, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` };
};

const commanderAt = (url: string, patienceMs: number) => {
  const [history, stopwatch] = [new History(), new Stopwatch()];
  const whoever = { name: 'one', customerId: null, random: new Random(1), urls: () => [url] };
  return { history, commander: openPatientCommander({ ...whoever, history, stopwatch, patienceMs }) };
};

const PRODUCT = { name: 'upsertProduct', input: { id: 'prod_1' } } as const;

describe('a patient customer', () => {
  it('sends again with the same key what was cut off or unavailable, until it is answered', async () => {
    const { url, keys } = await openGateway('cuts off', 'unavailable', 'answers');
    const { commander } = commanderAt(url, 10_000);
    expect(await commander.perform(PRODUCT)).toEqual({ __typename: 'Product', id: 'prod_1' });
    expect(keys).toEqual(['one-1', 'one-1', 'one-1']);
  });

  it('takes a new key for a new command', async () => {
    const { url, keys } = await openGateway('answers');
    const { commander } = commanderAt(url, 10_000);
    await commander.perform(PRODUCT);
    await commander.perform(PRODUCT);
    expect(keys).toEqual(['one-1', 'one-2']);
  });

  it('gives up when its patience ends, and the command has failed', async () => {
    const { url, keys } = await openGateway('unavailable');
    const { commander, history } = commanderAt(url, 300);
    expect(await commander.perform(PRODUCT)).toBeNull();
    expect(keys.length).toBeGreaterThan(1);
    expect(history.commands).toHaveLength(1);
  });
});
