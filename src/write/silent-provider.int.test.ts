import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { openLogger } from '../platform/index.ts';
import { openWrite } from './open-write.ts';
import { openSimulatedProvider } from './payment/simulated-provider.ts';
import { newOrder, ownTypesOf, reserved, type WriteAtWork, writeAtWork, writerOf } from './write.fixture.ts';

let atWork: WriteAtWork;
beforeAll(async () => {
  atWork = await writeAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

/** More than a process works off at once. */
const MANY = 80;

describe('a payment provider that does not answer', () => {
  it('holds up no order that is to expire', async () => {
    const asked = new Set<string>();
    const silence = Promise.withResolvers<never>();
    silence.promise.catch(() => {});
    const write = openWrite({
      database: atWork.database,
      provider: (parts) => ({
        ...openSimulatedProvider(parts),
        charge: ({ orderId }) => {
          asked.add(orderId);
          return silence.promise;
        },
      }),
      writer: writerOf(4),
      logger: openLogger('silent'),
      onCommit: () => {},
      stockOf: async () => null,
    });
    const unpaid = await newOrder(atWork, null);
    const charged: string[] = [];
    while (charged.length < MANY) charged.push(await newOrder(atWork));
    await using tasks = write.startTasks({ backoffMs: 60_000, chargeGraceMs: 0 });
    await write.handle(charged.map((orderId) => reserved(orderId)));
    await eventually(async () => expect(asked.size).toBe(64));
    await write.handle([reserved(unpaid, 1)]);
    await eventually(async () => expect(await ownTypesOf(atWork, unpaid)).toEqual(['OrderCreated', 'PaymentFailed']));
    silence.reject(new Error('The provider is away.'));
    await tasks[Symbol.asyncDispose]();
  });
});
