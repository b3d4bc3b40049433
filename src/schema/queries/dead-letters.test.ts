import { describe, expect, it } from 'vitest';
import { err, ok } from '../../platform/index.ts';
import type { DeadLetterView } from '../../read/index.ts';
import type { CommandContext } from '../../write/index.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { at, customer, run } from '../testing/run.ts';

const LETTER: DeadLetterView = {
  id: 'dead_1',
  number: 1n,
  consumerGroup: 'shop',
  stream: 'ecommerce.orders.events',
  entryId: '7-0',
  fields: [
    ['event_type', 'OrderEaten'],
    ['event_type', 'twice'],
  ],
  error: 'event_type: OrderEaten is not in the catalogue',
  deliveries: 8,
  firstAt: '2026-01-01T00:00:00.000Z',
  lastAt: '2026-01-02T00:00:00.000Z',
  state: 'OPEN',
  reason: null,
  settledAt: null,
};

describe('deadLetters', () => {
  it('shows entries with their fields in order', async () => {
    const document = '{ deadLetters { edges { node { id fields { name value } error deliveries firstAt lastAt } } } }';
    const { data } = await run(memoryModules({ deadLetters: [LETTER] }), { document });
    expect(at(data, 'deadLetters', 'edges', 0, 'node')).toEqual({
      id: 'dead_1',
      fields: [
        { name: 'event_type', value: 'OrderEaten' },
        { name: 'event_type', value: 'twice' },
      ],
      error: LETTER.error,
      deliveries: 8,
      firstAt: LETTER.firstAt,
      lastAt: LETTER.lastAt,
    });
  });

  it.each([
    ['{ deadLetters(first: 0) { edges { cursor } } }', 'BAD_USER_INPUT'],
    ['{ deadLetters(group: "\\u0000") { edges { cursor } } }', 'BAD_USER_INPUT'],
    ['{ stuckOrders(olderThanSeconds: -1) { edges { cursor } } }', 'BAD_USER_INPUT'],
  ])('refuses %s', async (document, code) => {
    expect((await run(memoryModules(), { document })).errors?.[0]?.extensions['code']).toBe(code);
  });

  it.each([
    '{ deadLetters { edges { cursor } } }',
    '{ stuckOrders { edges { cursor } } }',
    'mutation { retryDeadLetter(input: { id: "dead_1" }) { __typename } }',
    'mutation { discardDeadLetter(input: { id: "dead_1", reason: "no" }) { __typename } }',
  ])('is for operators: %s', async (document) => {
    const { errors } = await run(memoryModules(), { document, viewer: customer('customer-1') });
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

describe('node', () => {
  const document = '{ node(id: "dead_1") { __typename id } }';

  it('finds a dead letter for an operator, and nothing for a customer', async () => {
    const modules = memoryModules({ deadLetters: [LETTER] });
    expect((await run(modules, { document })).data).toEqual({ node: { __typename: 'DeadLetter', id: 'dead_1' } });
    expect((await run(modules, { document, viewer: customer('customer-1') })).data).toEqual({ node: null });
  });
});

const refuse = async () => err({ code: 'NOT_FOUND', message: 'There is no dead letter dead_2.' } as const);

describe('repairing', () => {
  it('hands over the command and answers with the letter as it then was', async () => {
    const asked: unknown[] = [];
    const discardDeadLetter = async (command: unknown, context: CommandContext) => {
      asked.push(command, context.idempotencyKey);
      const { error, deliveries, lastAt } = LETTER;
      const settled = { id: 'dead_1', state: 'RETRIED', reason: null, settledAt: lastAt } as const;
      return ok({ ...settled, error, deliveries, lastAt });
    };
    const document =
      'mutation { discardDeadLetter(input: { id: "dead_1", reason: "no", idempotencyKey: "k" }) { ... on DeadLetter { state } } }';
    const modules = memoryModules({
      operations: { discardDeadLetter },
      deadLetters: [{ ...LETTER, state: 'DISCARDED' }],
    });
    expect((await run(modules, { document })).data).toEqual({ discardDeadLetter: { state: 'RETRIED' } });
    expect(asked).toEqual([{ id: 'dead_1', reason: 'no' }, 'k']);
  });

  it('answers a refusal with its own type', async () => {
    const document =
      'mutation { retryDeadLetter(input: { id: "dead_2" }) { __typename ... on UserError { code message } } }';
    expect((await run(memoryModules({ operations: { retryDeadLetter: refuse } }), { document })).data).toEqual({
      retryDeadLetter: { __typename: 'NotFoundError', code: 'NOT_FOUND', message: 'There is no dead letter dead_2.' },
    });
  });
});
