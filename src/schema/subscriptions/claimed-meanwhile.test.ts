import { describe, expect, it } from 'vitest';
import { createBatches } from '../batches.ts';
import { CART_ID, ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { follow, nextOf } from '../testing/run.ts';

const visitorId = 'visit_1';
const viewer = { kind: 'Visitor', visitorId } as const;
const CLAIMED = { type: 'VisitClaimed', data: { visitorId, customerId: 'ada' } } as const;
const NOT_FOUND = { extensions: { code: 'NOT_FOUND' } };

describe('the subscription orderStatus of a visitor', () => {
  const document = `subscription { orderStatus(orderId: "${ORDER_ID}") { order { status } step { revision } } }`;
  const { created, reserved } = orderEvents();

  const visitorsOrder = () => {
    const modules = memoryModules();
    modules.append(ORDER_ID, { ...created, data: { ...created.data, sessionId: visitorId } });
    return modules;
  };

  it.each([
    ['with its next step', [reserved]],
    ['at once', []],
  ])('ends with NOT_FOUND %s when a customer has claimed the visit', async (_when, steps) => {
    const modules = visitorsOrder();
    const stream = await follow(modules, { document, viewer });
    expect(await nextOf(stream)).toMatchObject({ order: { status: 'PENDING' } });
    modules.append(visitorId, CLAIMED);
    modules.append(ORDER_ID, ...steps);
    await expect(stream.next()).rejects.toMatchObject(NOT_FOUND);
    expect(modules.changes.watching()).toBe(0);
  });

  it('reads whose the order is with its events, by one query', async () => {
    const modules = visitorsOrder();
    const asked: (readonly string[])[] = [];
    const histories = (ids: readonly string[]) => {
      asked.push(ids);
      return modules.audit.histories(ids);
    };
    const batches = createBatches(modules.read, { ...modules.audit, histories });
    const stream = await follow(modules, { document, viewer, batches });
    await nextOf(stream);
    asked.length = 0;
    modules.append(ORDER_ID, reserved);
    expect(await nextOf(stream)).toMatchObject({ step: { revision: 2 } });
    expect(asked).toEqual([[ORDER_ID, visitorId]]);
    await stream.return(undefined);
  });
});

describe('the subscription cart of a visitor', () => {
  const document = `subscription { cart(cartId: "${CART_ID}") { version } }`;

  it('ends with NOT_FOUND when a customer has claimed the visit', async () => {
    const modules = memoryModules();
    modules.append(CART_ID, {
      type: 'CartCreated',
      data: { customerId: null, sessionId: visitorId, currency: 'EUR' },
    });
    const stream = await follow(modules, { document, viewer });
    expect(await nextOf(stream)).toEqual({ version: 1 });
    modules.append(visitorId, CLAIMED);
    modules.changes.announce([CART_ID]);
    await expect(stream.next()).rejects.toMatchObject(NOT_FOUND);
    expect(modules.changes.watching()).toBe(0);
  });
});
