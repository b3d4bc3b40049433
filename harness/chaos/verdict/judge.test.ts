import { describe, expect, it } from 'vitest';
import { Injections } from '../faults/index.ts';
import type { Command } from '../shop/index.ts';
import { acknowledgedIsStored } from './check-answers.ts';
import { nothingUnasked } from './check-asked.ts';
import { noEarlyExpiry } from './check-expiry.ts';
import { eachInItsPartition } from './check-partitions.ts';
import { shortagesAreTrue } from './check-stock.ts';
import { followedEvents } from './check-watches.ts';
import { evidenceOf, soundEvidence } from './evidence.fixture.ts';
import type { Evidence } from './evidence.ts';
import { judge } from './judge.ts';
import type { Event } from './records.ts';

const found = (evidence: Evidence): readonly string[] => [
  ...new Set(judge(evidence, { hasLostEntries: false }).map(({ invariant }) => invariant)),
];

type Journal = 'write' | 'saga';
type Change = (events: readonly Event[]) => readonly Event[];

/** Sound evidence, but for the events of one journal and what they are kept as. */
const changed = (journal: Journal, change: Change): Evidence => {
  const sound = soundEvidence();
  return evidenceOf({ ...sound.journals, [journal]: change(sound.journals[journal]) }, sound);
};

const without =
  (type: string): Change =>
  (events) =>
    events.filter((event) => event.type !== type);

const again =
  (type: string, renamed = type): Change =>
  (events) => {
    const event = events.find((each) => each.type === type);
    return event === undefined
      ? events
      : [...events, { ...event, type: renamed, event_id: 'event_again', version: event.version + 1, position: 1_000 }];
  };

const withCommands = (change: (command: Command) => Command): Evidence => {
  const sound = soundEvidence();
  return { ...sound, commands: sound.commands.map(change) };
};

const withoutMethod = ({ input: { paymentMethod: _, ...input }, ...command }: Command): Command => ({
  ...command,
  input,
});

describe('the verdict', () => {
  it('finds nothing in sound evidence', () => {
    expect(judge(soundEvidence(), { hasLostEntries: false })).toEqual([]);
  });

  it.each([
    ['an addition that was acknowledged and lost', changed('write', without('CartItemAdded')), 'I-2'],
    ['a gap in the versions of an aggregate', changed('write', without('PaymentRequested')), 'I-6'],
    [
      'an order that nobody was told of',
      { ...soundEvidence(), commands: soundEvidence().commands.slice(0, -1) },
      'I-1',
    ],
    ['a reservation made twice', changed('saga', again('StockReserved')), 'I-10'],
    ['an order both confirmed and cancelled', changed('write', again('OrderConfirmed', 'OrderCancelled')), 'I-11'],
    ['a confirmed order whose stock went back', changed('saga', again('StockReserved', 'StockCompensated')), 'I-11'],
    ['more reserved than there was', changed('saga', without('StockAdjusted')), 'I-9'],
    ['a payment that was never taken', { ...soundEvidence(), charges: [] }, 'I-12b'],
    ['stock that does not add up', { ...soundEvidence(), stock: [] }, 'I-7'],
    ['a handler that failed', { ...soundEvidence(), failedDeliveries: ['deadlock detected'] }, 'defect'],
    ['an error in the program', { ...soundEvidence(), programmingErrors: ['TypeError: x'] }, 'defect'],
    ['an outbox that is not empty', { ...soundEvidence(), unrest: ['outbox: write 1'] }, 'I-13'],
  ])('sees %s', (_name, evidence, invariant) => {
    expect(found(evidence)).toContain(invariant);
  });

  it.each([
    ['a cancellation that nobody asked for', changed('write', again('OrderConfirmed', 'OrderCancelled'))],
    ['a payment that nobody asked for', withCommands(withoutMethod)],
    ['an order that is rejected though its stock is there', changed('write', again('OrderConfirmed', 'OrderRejected'))],
    [
      'a decline of which the provider knows nothing',
      changed('write', (events) =>
        again(
          'PaymentSucceeded',
          'PaymentFailed',
        )(events).map((event) =>
          event.type === 'PaymentFailed' ? { ...event, data: { ...event.data, reason: 'PAYMENT_DECLINED' } } : event,
        ),
      ),
    ],
  ])('sees %s', (_name, evidence) => {
    expect(nothingUnasked(evidence)).toHaveLength(1);
  });

  it.each([
    ['less was there than was asked for', { requested: 4, available: 3 }, 0],
    ['there was more than it said', { requested: 4, available: 0 }, 1],
    ['there was enough', { requested: 3, available: 3 }, 1],
  ])('judges an order that was refused where %s', (_name, shortage, violations) => {
    const data = { shortages: [{ product_id: 'prod_1', ...shortage }] };
    const refused = changed('saga', (events) =>
      again(
        'StockReserved',
        'StockReservationFailed',
      )(events).map((event) => (event.type === 'StockReservationFailed' ? { ...event, data } : event)),
    );
    expect(shortagesAreTrue(refused)).toHaveLength(violations);
  });

  it.each([
    ['CONFLICT', []],
    ['UNAUTHENTICATED', ['I-2']],
    ['BAD_USER_INPUT', ['I-2']],
  ])('judges a shopper who was refused with %s', (code, invariants) => {
    const commands = withCommands((command) => ({
      ...command,
      outcomes: command.name === 'checkout' ? [{ type: 'Refused', code }, ...command.outcomes] : command.outcomes,
    }));
    expect(found(commands)).toEqual(invariants);
  });

  it('tells each failure of a handler: whoever excuses some must not excuse those that it was not told', () => {
    const failedDeliveries = Array.from({ length: 20 }, (_, nth) => `failure ${nth}`);
    const [violation] = judge({ ...soundEvidence(), failedDeliveries }, { hasLostEntries: false });
    expect(violation?.trail).toEqual(failedDeliveries);
  });

  it('sees poison that nobody put away, unless Redis lost it', () => {
    const injections = new Injections();
    injections.poison.add('event_poison_1');
    const evidence = { ...soundEvidence(), injections };
    expect(found(evidence)).toEqual(['I-13']);
    expect(judge(evidence, { hasLostEntries: true })).toEqual([]);
    const letter = { consumer_group: 'saga', stream: 's', entry_id: '1-0', error: 'no' };
    const deadLetters = [{ ...letter, fields: [['event_id', 'event_poison_1'] as const] }];
    expect(found({ ...evidence, deadLetters })).toEqual([]);
  });

  it('sees an event that the event store has not got', () => {
    const sound = soundEvidence();
    expect(found({ ...sound, store: sound.store.slice(1) })).toContain('I-3');
  });

  it('sees an event that is stored twice', () => {
    const sound = soundEvidence();
    expect(found({ ...sound, store: [...sound.store, ...sound.store.slice(0, 1)] })).toContain('I-4');
  });

  it('sees a read model that is behind its events', () => {
    const sound = soundEvidence();
    expect(found({ ...sound, models: { ...sound.models, orders: new Map() } })).toContain('I-14');
  });

  it.each<readonly [string, Command['name'], Command['input']]>([
    ['less was added than was asked for', 'addCartItem', { quantity: 3 }],
    ['another product was added', 'addCartItem', { productId: 'prod_2' }],
    ['a line was added where one was to be removed', 'removeCartItem', { cartItemId: 'item_1/1' }],
    ['a quantity is not what it was set to', 'setCartItemQuantity', { cartItemId: '1', quantity: 5 }],
    ['another cart was changed', 'addCartItem', { cartId: 'cart_2' }],
    ['another cart was checked out', 'checkout', { cartId: 'cart_2' }],
    ['another order was cancelled', 'cancelOrder', { orderId: 'order_2' }],
  ])('sees that %s', (_name, name, input) => {
    const sound = soundEvidence();
    const inItsPlace = name === 'checkout' || name === 'cancelOrder' ? 'checkout' : 'addCartItem';
    const commands = sound.commands.map((command) =>
      command.name === inItsPlace ? { ...command, name, input: { ...command.input, ...input } } : command,
    );
    expect(acknowledgedIsStored({ ...sound, commands }).map(({ invariant }) => invariant)).toContain('I-2');
  });

  it("sees a price that is not the shelf's", () => {
    const sound = soundEvidence();
    const commands = sound.commands.map((command) =>
      command.name === 'upsertProduct'
        ? { ...command, input: { ...command.input, price: { amount: '9.00', currency: 'EUR' } } }
        : command,
    );
    expect(found({ ...sound, commands })).toEqual(['I-2']);
  });

  it('sees two answers to one key', () => {
    const sound = soundEvidence();
    const [first, ...others] = sound.commands;
    if (first === undefined) throw new Error('no command');
    const rejection = { type: 'Answered', answer: { __typename: 'Rejection', code: 'NOT_FOUND' } } as const;
    const commands = [{ ...first, outcomes: [...first.outcomes, rejection] }, ...others];
    expect(found({ ...sound, commands })).toContain('I-5');
  });

  it.each([
    ['19.9 s after its checkout', 19_900, ['I-13']],
    ['20 s after its checkout', 20_000, []],
  ])('judges an order that expires %s', (_name, recorded_at_ms, invariants) => {
    const sound = soundEvidence();
    const commands = sound.commands.map((command) => ({ ...command, sentAtMs: 1_000 }));
    const [event] = sound.store;
    if (event === undefined) throw new Error('no event');
    const data = { order_id: 'order_1', reason: 'PAYMENT_EXPIRED' };
    const expiry = { ...event, type: 'PaymentFailed', aggregate_id: 'order_1', data };
    const store = [...sound.store, { ...expiry, recorded_at_ms: 1_000 + recorded_at_ms }];
    expect(noEarlyExpiry({ ...sound, commands, store }).map(({ invariant }) => invariant)).toEqual(invariants);
  });

  it.each([
    ['an order', { data: { told: { __typename: 'Order', id: 'order_1', customerId: 'ada' } } }, true],
    ['that it is closed', { data: { told: { __typename: 'OrderClosedError', code: 'ORDER_CLOSED' } } }, true],
    ['one of a list', { data: { told: [{ id: 'order_1' }] } }, true],
    ['a name in an error', { data: null, errors: [{ message: 'it is of ada' }] }, true],
    ['that there is nothing', { data: { told: null } }, false],
    ['that nothing is found', { data: { told: { __typename: 'NotFoundError', code: 'NOT_FOUND' } } }, false],
  ])('judges a stranger who was told %s', (_name, reply, isViolation) => {
    const subject = { kind: 'order', id: 'order_1', owner: 'ada' } as const;
    const probed = { by: 'bob', what: 'order', subject, reply };
    const violations = judge({ ...soundEvidence(), probed: [probed] }, { hasLostEntries: false });
    expect(violations.map(({ invariant }) => invariant)).toEqual(isViolation ? ['I-12c'] : []);
  });

  it('does not mind what an owner is told', () => {
    const subject = { kind: 'order', id: 'order_1', owner: 'ada' } as const;
    const reply = { data: { told: { __typename: 'Order', id: 'order_1' } } };
    const probed = [{ by: 'ada', what: 'order', subject, reply }];
    expect(found({ ...soundEvidence(), probed })).toEqual([]);
  });

  it('sees a subscription that left out a step', () => {
    const sound = soundEvidence();
    const update = { cursor: '', status: 'CONFIRMED', eventId: null };
    const updates = [
      { ...update, revision: 1, stepRevision: null },
      { ...update, revision: 3, stepRevision: 3 },
    ];
    const watch = { orderId: 'order_1', updates, isComplete: true, connections: 1, errors: [] };
    expect(found({ ...sound, watches: [watch] })).toContain('I-17');
  });

  it('lets partitions be told in any order between each other, each in its own', () => {
    const sound = soundEvidence();
    const store = sound.store.map((event, nth) => ({ ...event, causation_id: null, partition: nth % 2 }));
    const [even, odd] = [0, 1].map((partition) => store.filter((event) => event.partition === partition));
    const eventIds = [...(odd ?? []), ...(even ?? [])].map(({ event_id }) => event_id);
    const told = (ids: readonly string[]) => ({ ...sound, store, audited: { eventIds: ids, errors: [] } });
    expect(followedEvents(told(eventIds))).toEqual([]);
    expect(followedEvents(told(eventIds.toReversed()))).not.toEqual([]);
    expect(followedEvents(told(eventIds.slice(1)))).not.toEqual([]);
    expect(followedEvents(told([...eventIds, eventIds[0] ?? '']))).not.toEqual([]);
  });

  it("sees an event in a partition that is not its aggregate's", () => {
    const sound = soundEvidence();
    const [event] = sound.store;
    if (event === undefined) throw new Error('no event');
    const division = { partitions: 4, most: 4, changed_at_ms: 1_000 };
    const judged = (partition: number, recorded_at_ms: number) =>
      eachInItsPartition({ ...sound, division, store: [{ ...event, partition, recorded_at_ms }] });
    // The SHA-256 of cart_1 begins with 57dc5da2: that is 2 of four, 1 of three and 0 of two.
    expect([0, 1, 2, 3].filter((partition) => judged(partition, 1_001).length === 0)).toEqual([2]);
    expect([0, 1, 2, 3].filter((partition) => judged(partition, 999).length === 0)).toEqual([0, 1, 2]);
    expect(found({ ...sound, store: [{ ...event, partition: 1 }, ...sound.store.slice(1)] })).toContain('I-6');
  });

  it('sees steps of an order in another order than its events', () => {
    const sound = soundEvidence();
    const [id = '', events = []] = [...sound.byAggregate].find(([each]) => each === 'order_1') ?? [];
    const byAggregate = new Map([...sound.byAggregate, [id, events.toReversed()] as const]);
    expect(found({ ...sound, byAggregate })).toContain('I-14');
  });

  it('sees an effect that was told before its cause', () => {
    const sound = soundEvidence();
    const [cause, effect] = sound.store.map((event, partition) => ({ ...event, partition, recorded_at_ms: 0 }));
    if (cause === undefined || effect === undefined) throw new Error('there are no two');
    const caused = { ...effect, causation_id: cause.event_id, recorded_at_ms: 60_000 };
    const told = (ids: readonly string[]) => ({
      ...sound,
      store: [cause, caused],
      audited: { eventIds: ids, errors: [] },
    });
    expect(followedEvents(told([cause.event_id, caused.event_id]))).toEqual([]);
    expect(followedEvents(told([caused.event_id, cause.event_id]))).toMatchObject([{ invariant: 'I-17' }]);
  });
});
