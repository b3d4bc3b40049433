import { readFileSync } from 'node:fs';

type Report = {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
};

const NOTHING_RAN: Report = { success: false, numPassedTests: 0, numFailedTests: 0, testResults: [] };

const readReport = (text: string): Report => (text === '' ? NOTHING_RAN : (JSON.parse(text) as Report));

const { success, numPassedTests, numFailedTests, testResults } = readReport(
  readFileSync(process.argv[2] ?? '/dev/stdin', 'utf8'),
);

// A file that could not be loaded has no test that could fail: it counts as one.
const notLoaded = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
);

console.log(`${numPassedTests} passed, ${numFailedTests + notLoaded.length} failed`);
process.exitCode = success && numPassedTests > 0 ? 0 : 1;
