import { describe, expect, it } from 'vitest';
import type { Exchange } from '../lanes/exchange.ts';
import { operationOf } from '../play/ask.ts';
import { judge } from './judge.ts';

const operation = operationOf('{ __typename }', {}, 'post');

const rulesOf = (exchange: Partial<Exchange>): readonly string[] =>
  judge(operation, {
    status: 200,
    answers: ['{"data":{}}'],
    closed: null,
    ms: 1,
    isCancelled: false,
    ...exchange,
  }).findings.map(({ rule }) => rule);

const failing = (code: string, message = 'No.'): string =>
  JSON.stringify({ errors: [{ message, extensions: { code } }] });

describe('the judge', () => {
  it('finds nothing about a sound answer', () => {
    expect(rulesOf({})).toEqual([]);
    expect(rulesOf({ answers: [failing('BAD_USER_INPUT')] })).toEqual([]);
  });

  it.each([
    [{ status: 503 }, 'status 503'],
    [{ answers: [failing('INTERNAL_SERVER_ERROR')] }, 'a defect'],
    [{ answers: [failing('SURPRISE')] }, 'undocumented code SURPRISE'],
    [{ answers: ['{"errors":[{"message":"No."}]}'] }, 'an error without a code'],
    [{ answers: [failing('READ_TIMEOUT')] }, 'READ_TIMEOUT though nothing asked to wait'],
    [{ answers: [failing('GRAPHQL_VALIDATION_FAILED')] }, 'a valid document refused'],
    [{ answers: ['<html>'] }, 'no GraphQL response'],
    [{ answers: ['{"errors":[]}'] }, 'no GraphQL response'],
    [{ answers: ['{"data":1}'] }, 'no GraphQL response'],
    [{ answers: ['{}'] }, 'no GraphQL response'],
    [{ answers: [] }, 'no answer'],
    [{ answers: [], closed: '4500 oh' }, 'closed by the server'],
    [{ ms: 5_001 }, 'late'],
    [{ answers: [failing('BAD_USER_INPUT', 'at f (file.js:1:1)')] }, 'tells a stack'],
    [{ answers: [failing('BAD_USER_INPUT', 'in src/schema/schema.ts')] }, 'tells a file'],
    [{ answers: [failing('BAD_USER_INPUT', 'relation "write.journal" does not exist')] }, 'tells SQL'],
    [{ answers: [failing('BAD_USER_INPUT', 'postgres://a:b@localhost')] }, 'tells a connection string'],
  ] satisfies readonly (readonly [Partial<Exchange>, string])[])('finds %j: %s', (exchange, rule) => {
    expect(rulesOf(exchange)).toEqual([rule]);
  });
});
