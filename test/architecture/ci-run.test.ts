import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'ci-run-'));
afterAll(() => rmSync(directory, { recursive: true }));

// An npm that installs nothing and runs no stage: each ends as the test says.
const NPM = `#!/usr/bin/env bash
case "$*" in
  test*) last=\${!#}; printf %s "$REPORT" >"\${last#*=}"; exit "$TESTS" ;;
  *check*) echo "$CHECK"; [[ $CHECK = 'All checks passed.' ]] ;;
  exec*) shift 4; exec "$NODE" "$@" ;;
esac
`;
writeFileSync(join(directory, 'npm'), NPM, { mode: 0o755 });

type Stages = { readonly tests?: object; readonly check?: string };

const runWith = ({ tests = PASSED, check = 'All checks passed.' }: Stages) => {
  const { stdout, status } = spawnSync(resolve('.ci/run'), {
    encoding: 'utf8',
    env: {
      PATH: [directory, process.env['PATH']].join(delimiter),
      NODE: process.execPath,
      REPORT: JSON.stringify(tests),
      TESTS: tests === PASSED ? '0' : '1',
      CHECK: check,
    },
  });
  return { status, lines: stdout.trimEnd().split('\n') };
};

const oneFile = (file: object) => ({
  success: false,
  numPassedTests: 3,
  testResults: [{ name: resolve('src/cart.test.ts'), status: 'failed', message: '', assertionResults: [], ...file }],
});

const PASSED = { success: true, numPassedTests: 3, testResults: [] };
const FAILED_TEST = {
  status: 'failed',
  ancestorTitles: ['', 'a cart'],
  title: 'is empty',
  failureMessages: ['AssertionError: expected 1 to be 0\n    at src/cart.test.ts:3:1'],
};
const SECONDS = /^Seconds: tests \d+, check \d+, chaos \d+, hostile \d+, payments \d+, drills \d+, fuzz \d+\.$/;

describe('.ci/run', () => {
  it('says how long each stage took, and ends with the count of tests', () => {
    const { status, lines } = runWith({});
    expect(lines).toEqual(['All checks passed.', '', expect.stringMatching(SECONDS), '3 passed, 0 failed']);
    expect(status).toBe(0);
  });

  it('names each failed test with the first line of its error', () => {
    const { status, lines } = runWith({ tests: oneFile({ assertionResults: [FAILED_TEST] }) });
    expect(lines.slice(-4)).toEqual([
      '  src/cart.test.ts › a cart › is empty',
      '      AssertionError: expected 1 to be 0',
      expect.stringMatching(SECONDS),
      '3 passed, 1 failed',
    ]);
    expect(status).toBe(1);
  });

  it.each([
    ['was not loaded', { message: 'Cannot find module' }, 'Cannot find module'],
    [
      'a hook kept from running',
      { assertionResults: [{ ...FAILED_TEST, status: 'skipped' }] },
      'was not loaded, or a hook of it failed',
    ],
  ])('counts a file that %s as a failed test', (_what, file, because) => {
    const { lines } = runWith({ tests: oneFile(file) });
    expect(lines.slice(-4, -2)).toEqual(['  src/cart.test.ts', `      ${because}`]);
    expect(lines.at(-1)).toBe('3 passed, 1 failed');
  });

  it('ends with what a failed check said', () => {
    const { status, lines } = runWith({ check: 'lint:\nsrc/cart.ts:1 no-var\nFailed: lint.' });
    expect(lines.slice(-6, -2)).toEqual([
      '  check failed; its last lines:',
      '      lint:',
      '      src/cart.ts:1 no-var',
      '      Failed: lint.',
    ]);
    expect(lines.at(-1)).toBe('3 passed, 0 failed');
    expect(status).toBe(1);
  });
});
