import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestRedis, testRedis } from '../../../harness/support/servers.ts';
import { openRedis } from '../../bus/index.ts';
import { STREAMS } from '../../events/index.ts';
import { Unavailable } from '../../platform/index.ts';
import type { CommandContext } from '../execution/commander.ts';
import { codeOf, journalOf, keyed, OPERATOR, valueOf, type WriteAtWork, writeAtWork } from '../write.fixture.ts';
import { type Operations, openDeadLetters } from './dead-letter-commands.ts';

const FIELDS = [
  ['event_type', 'OrderEaten'],
  ['data', '{"order_id":'],
] as const;

let opened: AsyncDisposableStack;
let atWork: WriteAtWork;
let server: TestRedis;
let redis: Redis;
let operations: Operations;
let nextEntry = 0;

const operationsWith = (connection: Redis): Operations => {
  const { db } = atWork.database;
  return atWork.write.openOperations(openDeadLetters({ db, journals: { write: db, saga: db }, redis: connection }));
};

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  atWork = opened.use(await writeAtWork());
  server = opened.use(await testRedis());
  redis = opened.adopt(openRedis(server.url), (connection) => connection.disconnect());
  operations = operationsWith(redis);
});
afterAll(() => opened.disposeAsync());
beforeEach(async () => void (await redis.flushall()));

/** An entry that a group has given up; answers with the letter's id. */
const keep = async (): Promise<string> => {
  nextEntry += 1;
  const { id } = await atWork.database.db
    .insertInto('bus.dead_letter')
    .values({
      consumer_group: 'shop',
      stream: STREAMS.orders,
      entry_id: `${nextEntry}-0`,
      fields: JSON.stringify(FIELDS),
      error: 'cannot be read',
      deliveries: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

const letter = (id: string) =>
  atWork.database.db.selectFrom('bus.dead_letter').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const entries = async () => (await redis.xrange(STREAMS.orders, '-', '+')).map(([, fields]) => fields);
const typesOf = async (id: string) => (await journalOf(atWork, id)).map(({ type }) => type);
const discard = (id: string, reason: string, context: CommandContext = OPERATOR) =>
  operations.discardDeadLetter({ id, reason }, context);

describe('retrying a dead letter', () => {
  it('puts its entry on the stream again as it was, and is an event', async () => {
    const id = await keep();
    expect(id).toMatch(/^dead_[0-9a-f]{32}$/);
    expect(valueOf(await operations.retryDeadLetter({ id }, OPERATOR)).id).toBe(id);
    expect(await entries()).toEqual([FIELDS.flat()]);
    expect(await letter(id)).toMatchObject({ state: 'RETRIED', settled_version: 1 });
    expect((await letter(id)).settled_at).toBeInstanceOf(Date);
    expect(await journalOf(atWork, id)).toMatchObject([
      {
        type: 'DeadLetterRetried',
        version: 1,
        heard: false,
        data: { dead_letter_id: id, consumer_group: 'shop', stream: STREAMS.orders, entry_id: `${nextEntry}-0` },
      },
    ]);
  });

  it('keeps the reason with the letter and in the event; one that says nothing is refused', async () => {
    const id = await keep();
    const reason = 'the ledger is mended';
    expect(valueOf(await operations.retryDeadLetter({ id, reason }, OPERATOR)).reason).toBe(reason);
    expect(await letter(id)).toMatchObject({ state: 'RETRIED', reason });
    expect(await journalOf(atWork, id)).toMatchObject([{ type: 'DeadLetterRetried', data: { reason } }]);
    expect(codeOf(await operations.retryDeadLetter({ id, reason: ' ' }, OPERATOR))).toBe('INVALID_INPUT');
  });

  it('adds one entry for one key, and another one for another', async () => {
    const id = await keep();
    for (const key of ['a', 'a', 'a']) valueOf(await operations.retryDeadLetter({ id }, keyed(`${key} ${id}`)));
    expect(await entries()).toHaveLength(1);
    valueOf(await operations.retryDeadLetter({ id }, keyed(`b ${id}`)));
    expect(await entries()).toHaveLength(2);
    expect(await typesOf(id)).toEqual(['DeadLetterRetried', 'DeadLetterRetried']);
  });

  it('is carried out by the same command again when Redis was away: the letter is open until then', async () => {
    const id = await keep();
    await server.kill();
    await expect(operations.retryDeadLetter({ id }, keyed(`away ${id}`))).rejects.toBeInstanceOf(Unavailable);
    expect(await letter(id)).toMatchObject({ state: 'OPEN' });
    await server.restart();
    const again = opened.adopt(openRedis(server.url), (connection) => connection.disconnect());
    await again.ping().catch(() => new Promise((resolve) => again.once('ready', resolve)));
    valueOf(await operationsWith(again).retryDeadLetter({ id }, keyed(`away ${id}`)));
    expect(await again.xlen(STREAMS.orders)).toBe(1);
    expect(await letter(id)).toMatchObject({ state: 'RETRIED' });
    expect(await typesOf(id)).toEqual(['DeadLetterRetried']);
  });
});

describe('discarding a dead letter', () => {
  it('closes it, keeps it with the reason, and is an event', async () => {
    const id = await keep();
    valueOf(await discard(id, ' a test entry '));
    expect(await letter(id)).toMatchObject({ state: 'DISCARDED', reason: 'a test entry', fields: FIELDS });
    expect(await journalOf(atWork, id)).toMatchObject([
      { type: 'DeadLetterDiscarded', data: { dead_letter_id: id, reason: 'a test entry' } },
    ]);
    expect(await entries()).toEqual([]);
  });

  it('twice for one reason is one event; a retry opens the way again', async () => {
    const id = await keep();
    for (let nth = 0; nth < 2; nth += 1) valueOf(await discard(id, 'not needed'));
    valueOf(await operations.retryDeadLetter({ id }, OPERATOR));
    expect(await letter(id)).toMatchObject({ state: 'RETRIED', reason: null, settled_version: 2 });
    expect(await typesOf(id)).toEqual(['DeadLetterDiscarded', 'DeadLetterRetried']);
  });

  it('needs a reason', async () => {
    expect(codeOf(await discard(await keep(), ' '))).toBe('INVALID_INPUT');
    expect(codeOf(await discard(await keep(), 'x'.repeat(501)))).toBe('INVALID_INPUT');
  });
});

describe('a command about a dead letter', () => {
  it.each(['dead_', 'dead_0', 'order_1', 'dead_\0', ''])('that does not exist is refused: %j', async (id) => {
    expect(codeOf(await operations.retryDeadLetter({ id }, OPERATOR))).toMatch(/NOT_FOUND|INVALID_INPUT/);
    expect(codeOf(await discard(id, 'reason'))).toMatch(/NOT_FOUND|INVALID_INPUT/);
  });

  it('with a key that was used for another is refused', async () => {
    const id = await keep();
    valueOf(await operations.retryDeadLetter({ id }, keyed(`one ${id}`)));
    expect(codeOf(await discard(id, 'not needed', keyed(`one ${id}`)))).toBe('IDEMPOTENCY_CONFLICT');
    expect(await letter(id)).toMatchObject({ state: 'RETRIED' });
  });
});
