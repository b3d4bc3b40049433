import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { about, noteAbout } from './about.ts';
import { type LogForm, type Logger, openLogger } from './logger.ts';

const PRETTY: LogForm = { format: 'pretty', isColoured: false };

/** What a logger of that form has written so far. */
const listening = (form?: LogForm): { readonly logger: Logger; readonly written: () => string } => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { logger: openLogger('trace', { destination, ...(form && { form }) }), written: () => lines.join('') };
};

const logged = (fields: object, form?: LogForm): string => {
  const { logger, written } = listening(form);
  logger.trace(fields, 'Said');
  return written();
};

const fieldsOf = (line: string) => JSON.parse(line) as Readonly<Record<string, unknown>>;

const SECRET = 's3cr3t-of-somebody';

describe('the log', () => {
  it.each([
    { paymentMethod: SECRET },
    { input: { paymentMethod: SECRET, cartId: 'cart_1' } },
    { data: { payment_method: SECRET } },
    { charge: { reference: SECRET } },
    { authorization: SECRET },
    { headers: { authorization: SECRET, cookie: SECRET } },
    { request: { headers: { authorization: SECRET } } },
    { access: { password: SECRET, token: SECRET, ticket: SECRET } },
    { action: { clientSecret: SECRET } },
    { endpoint: { secret: SECRET } },
    { input: { idempotencyKey: SECRET } },
  ])('hides what nobody may learn from it: %j', (fields) => {
    for (const form of [undefined, PRETTY]) {
      expect(logged(fields, form)).not.toContain(SECRET);
      expect(logged(fields, form)).toContain('[hidden]');
    }
  });

  it('says of an error what happened and where, not what it was about', () => {
    const command = { name: 'auth', args: ['panier_saga', SECRET] };
    const query = { detail: `Failing row contains (order_1, ${SECRET}).`, table: 'payment_method', code: '23502' };
    const cause = Object.assign(new Error('WRONGPASS'), { command, previousErrors: [{ command }] });
    const error = Object.assign(new Error('null value in column', { cause }), query, { parameters: [SECRET] });
    const line = logged({ error: new AggregateError([error], 'All of them failed') });
    expect(line).not.toContain(SECRET);
    for (const told of ['All of them failed', 'null value in column', 'payment_method', '23502', 'WRONGPASS'])
      expect(line).toContain(told);
    expect(line).toContain('logger.test.ts');
  });

  it.each([
    `connect to postgres://panier_owner:${SECRET}@127.0.0.1:5432/shop`,
    `redis://:${SECRET}@127.0.0.1:6379`,
    `redis+sentinel://panier_saga:${SECRET}@one:26379,two:26379/mymaster?sentinelPassword=${SECRET}&db=1`,
    `Bearer ${SECRET}`,
    `the token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${SECRET} is too old`,
  ])('hides in messages what looks like a secret: %s', (message) => {
    for (const form of [undefined, PRETTY])
      for (const fields of [{ error: new Error(message) }, { error: message }, { said: { deeply: [message] } }])
        expect(logged(fields, form)).not.toContain(SECRET);
    const { logger, written } = listening();
    logger.warn(message);
    expect(written()).not.toContain(SECRET);
  });

  it('takes no time over what only looks like the beginning of many tokens', () => {
    const began = performance.now();
    logged({ path: '-eyJ'.repeat(50_000) });
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('names nobody by an e-mail address, and leaves addresses of servers', () => {
    const said = {
      by: 'jane.doe+shop@mail.example',
      url: 'http://127.0.0.1:4000',
      server: 'redis://default@cache.example',
    };
    expect(fieldsOf(logged(said))).toMatchObject({ ...said, by: '[e-mail]' });
  });

  it.each([
    '\nmallory@mail.example',
    '\u0001mallory@mail.example',
    'a\tmallory@mail.example',
    `Bearer ${SECRET}"x`,
    `sentinelPassword=${SECRET}"x`,
    `said: "Bearer ${SECRET}"`,
    `\n${['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', SECRET].join('.')}`,
    `\nBearer ${SECRET}`,
    `\nsentinelPassword=${SECRET}`,
  ])('is a line whatever stands around what it hides: %j', (text) => {
    for (const fields of [{ by: text }, { error: new Error(text) }]) {
      const line = logged(fields);
      expect(fieldsOf(line)).toMatchObject({ level: 'trace', msg: 'Said' });
      for (const hidden of [SECRET, 'mallory']) expect(line).not.toContain(hidden);
      expect(logged(fields, PRETTY)).toContain('Said');
    }
  });

  it.each([
    `redis://panier:p@${SECRET}@cache.example:6379`,
    `redis://panier:"${SECRET}"@cache.example:6379`,
    `postgres://db.example/shop?user=panier&password=${SECRET}`,
    `redis://cache.example:6379?password=${SECRET}&db=1`,
  ])('hides a password wherever a URL may have it: %s', (url) => {
    expect(logged({ said: `cannot connect to ${url}` })).not.toContain(SECRET);
  });

  it('ends with an error that is its own cause', () => {
    const error = new Error('again');
    error.cause = error;
    expect(logged({ error })).toContain('again');
  });
});

const TRICKS = 'first\nsecond\r\u001b[31mred\u0007\u0085\u2028\u202eback\u009b2J';

describe('what clients wrote', () => {
  const said = { path: TRICKS, error: new Error(TRICKS) };

  it('stays one line of JSON, with no control in it, and is read as it was', () => {
    const line = logged(said);
    expect(line.trimEnd()).toMatch(/^[^\p{Cc}\u2028\u202e]*$/u);
    expect(fieldsOf(line)['path']).toBe(TRICKS);
  });

  it('is no line of its own for people, and moves no cursor', () => {
    const [first = '', ...below] = logged(said, PRETTY).trimEnd().split('\n');
    expect(first).toContain('path=first\\u000asecond\\u000d\\u001b[31mred');
    for (const line of [first, ...below]) expect(line).toMatch(/^[^\p{Cc}\u2028\u202e]*$/u);
    // A log of people begins its lines with the time: none of these does.
    for (const line of below) expect(line).toMatch(/^ {4}/);
  });
});

describe('a line', () => {
  it('says its level by name, and whose it is', () => {
    const destination = { write: (line: string) => void lines.push(line) };
    const lines: string[] = [];
    const logger = openLogger('info', { destination, itself: { roles: ['relay'] } }).child({ instance: 2 });
    logger.info('panier has started');
    expect(fieldsOf(lines.join(''))).toMatchObject({
      level: 'info',
      service: 'panier',
      roles: ['relay'],
      instance: 2,
      pid: process.pid,
      msg: 'panier has started',
    });
  });

  it('is for people: when, how bad, what, and what it is about', () => {
    const line = logged({ orderId: 'order_1', lines: [1] }, PRETTY);
    expect(line).toMatch(/^\d\d:\d\d:\d\d\.\d{3} TRACE Said orderId=order_1 lines=\[1\]\n$/);
  });

  it('says what the work under way is about, and after it no more', async () => {
    const { logger, written } = listening();
    const work = async () => {
      await Promise.resolve();
      noteAbout({ cartId: 'cart_1' });
      logger.info('Within');
    };
    await about({ traceId: 'a'.repeat(32), correlationId: 'order_1' }, work);
    logger.info('After');
    const [within, after] = written().trimEnd().split('\n').map(fieldsOf);
    expect(within).toMatchObject({ traceId: 'a'.repeat(32), correlationId: 'order_1', cartId: 'cart_1' });
    for (const name of ['traceId', 'correlationId', 'cartId']) expect(after).not.toHaveProperty(name);
  });

  it('names none of two that its work is about', () => {
    const { logger, written } = listening();
    about({}, () => {
      for (const cartId of ['cart_1', 'cart_2', 'cart_1']) noteAbout({ cartId });
      logger.info('Within');
    });
    expect(fieldsOf(written())).not.toHaveProperty('cartId');
  });
});

const messages = (written: string) =>
  written
    .trimEnd()
    .split('\n')
    .map((line) => fieldsOf(line)['msg']);

describe('a trouble that goes on', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is told ten times a minute, and how often it was besides', () => {
    const { logger, written } = listening();
    for (let nth = 0; nth < 1_000; nth += 1) logger.warn({ group: 'one' }, 'consumer pauses');
    logger.warn({ group: 'two' }, 'consumer pauses');
    expect(messages(written())).toHaveLength(11);
    vi.advanceTimersByTime(60_000);
    const last = written().trimEnd().split('\n').at(-1) ?? '';
    expect(fieldsOf(last)).toMatchObject({ level: 'info', lines: 990, kind: 'consumer pauses · one' });
    logger.warn({ group: 'one' }, 'consumer pauses');
    expect(messages(written())).toHaveLength(13);
  });

  it('leaves out nothing that is told once for each: sagas, defects that a client was told of, the last words', () => {
    const { logger, written } = listening();
    for (let nth = 0; nth < 100; nth += 1) {
      logger.info('A saga has ended');
      logger.error({ correlationId: String(nth) }, 'A request met a defect');
      logger.fatal('Uncaught');
    }
    expect(messages(written())).toHaveLength(300);
  });
});
