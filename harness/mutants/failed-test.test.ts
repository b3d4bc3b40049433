import { describe, expect, it } from 'vitest';
import { failedTestIn } from './failed-test.ts';

describe('a line of vitest', () => {
  it('names a test that failed', () => {
    expect(failedTestIn(' FAIL  unit src/saga/decide.test.ts > the saga > decides once')).toContain('> decides once');
  });

  it.each([
    ' FAIL  unit src/saga/decide.test.ts [ src/saga/decide.test.ts ]',
    '      Tests  1 passed (1)',
    'SyntaxError: Unexpected token',
  ])('names none that was not run: %s', (line) => {
    expect(failedTestIn(line)).toBeNull();
  });
});
