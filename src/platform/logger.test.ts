import { describe, expect, it } from 'vitest';
import { openLogger } from './logger.ts';

const logged = (fields: object): string => {
  const lines: string[] = [];
  const logger = openLogger('trace', { write: (line) => void lines.push(line) });
  logger.trace(fields, 'Said');
  return lines.join('');
};

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
  ])('hides what nobody may learn from it: %j', (fields) => {
    expect(logged(fields)).not.toContain(SECRET);
    expect(logged(fields)).toContain('[hidden]');
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
    expect(logged({ error: new Error(message) })).not.toContain(SECRET);
    expect(logged({ error: message })).not.toContain(SECRET);
  });

  it('ends with an error that is its own cause', () => {
    const error = new Error('again');
    error.cause = error;
    expect(logged({ error })).toContain('again');
  });
});
