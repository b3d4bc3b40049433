import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Conflict, Unavailable } from '../platform/index.ts';
import { badUserInput } from './failures.ts';
import { maskError } from './mask-error.ts';
import { SILENT } from './testing/run.ts';

const mask = maskError(SILENT);
const located = (originalError: Error): GraphQLError =>
  new GraphQLError(originalError.message, { path: ['cart'], originalError });

describe('an error at the edge', () => {
  it.each([
    [new Conflict('secret'), 'CONFLICT'],
    [new Unavailable('secret'), 'UNAVAILABLE'],
    [new TypeError('secret'), 'INTERNAL_SERVER_ERROR'],
  ])('is told by its code, not by its message', (error, code) => {
    for (const given of [error, located(error), located(located(error))]) {
      const masked = mask(given);
      expect(masked.extensions['code']).toBe(code);
      expect(JSON.stringify(masked)).not.toContain('secret');
    }
    expect(mask(located(error)).path).toEqual(['cart']);
  });

  it('is told as it is when it was made for the client', () => {
    const error = badUserInput('first is 500');
    expect(mask(error)).toBe(error);
    expect(mask(new GraphQLError('Variable "$x" got invalid value')).extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('is a defect when graphql-js found it in a value of ours', () => {
    const error = new GraphQLError('Int cannot represent non 32-bit signed integer value', {
      path: ['cart', 'version'],
    });
    expect(mask(error).extensions['code']).toBe('INTERNAL_SERVER_ERROR');
  });
});
