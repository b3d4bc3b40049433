import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const fixture = join(import.meta.dirname, 'last-net.fixture.ts');

const outcomeOf = async (place: string, way: string) => {
  const { stdout, stderr } = await run(process.execPath, [fixture, place, way]);
  const logged = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { said: stdout.trim().split('\n'), logged };
};

const WAYS = ['a timer', 'a tick', 'a promise', 'something that is no error', 'an async function'];
const CORRELATION_ID = expect.stringMatching(/^[\da-f-]{36}$/) as unknown;

describe('what is thrown and caught by nobody', () => {
  it.each(WAYS)('in an exchange, by %s, breaks that exchange off and is logged once', async (way) => {
    const { said, logged } = await outcomeOf('within', way);
    expect(said).toEqual(['broken off', 'alive']);
    expect(logged).toMatchObject([{ level: 'error', correlationId: CORRELATION_ID, exchange: 'Request' }]);
  });

  it.each(WAYS)('on a connection to a server, by %s, breaks that connection off and is no defect', async (way) => {
    const { said, logged } = await outcomeOf('server', way);
    expect(said).toEqual(['broken off', 'alive']);
    expect(logged).toMatchObject([{ level: 'warn', correlationId: CORRELATION_ID }]);
  });

  it.each(WAYS)('elsewhere, by %s, stops the process in order', async (way) => {
    const { said, logged } = await outcomeOf('outside', way);
    expect(said).toEqual(['broken', 'alive']);
    expect(logged).toMatchObject([{ level: 'fatal', correlationId: CORRELATION_ID }]);
  });
});
