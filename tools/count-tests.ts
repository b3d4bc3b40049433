import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

type TestResult = {
  readonly status: string;
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly failureMessages: readonly string[];
};

type FileResult = {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly TestResult[];
};

type Report = {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly testResults: readonly FileResult[];
};

const NOTHING_RAN: Report = { success: false, numPassedTests: 0, testResults: [] };
const NO_TEST_RAN = 'was not loaded, or a hook of it failed';
const LAST_LINES = 8;

const readLines = (path: string): readonly string[] =>
  stripVTControlCharacters(readFileSync(path, 'utf8'))
    .split('\n')
    .filter((line) => line.trim() !== '');

const failure = (path: readonly string[], message: string): string =>
  `  ${path.filter((part) => part !== '').join(' › ')}\n      ${stripVTControlCharacters(message).trim().split('\n', 1).join('')}`;

const failuresIn = ({ name, status, message, assertionResults }: FileResult): readonly string[] => {
  const file = relative('', name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  // A file that could not be loaded, or set up, has no test that failed: it counts as one.
  if (failed.length === 0 && status === 'failed') return [failure([file], message || NO_TEST_RAN)];
  return failed.map(({ ancestorTitles, title, failureMessages }) =>
    failure([file, ...ancestorTitles, title], failureMessages[0] ?? ''),
  );
};

const failedStage = (name: string): string =>
  [`  ${name} failed; its last lines:`, ...readLines(join(directory, `${name}.log`)).slice(-LAST_LINES)].join(
    '\n      ',
  );

const directory = process.argv[2] ?? '.';
const reportFile = join(directory, 'report.json');
const report = existsSync(reportFile) ? (JSON.parse(readFileSync(reportFile, 'utf8')) as Report) : NOTHING_RAN;
const failedTests = report.testResults.flatMap(failuresIn);
const stages = readLines(join(directory, 'stages')).map((line) => line.split(' '));
const failedStages = stages.flatMap(([name = '', outcome]) => (outcome === 'passed' ? [] : [failedStage(name)]));

console.log(['', ...failedStages, ...failedTests].join('\n'));
console.log(`Seconds: ${stages.map(([name, _outcome, seconds]) => `${name} ${seconds}`).join(', ')}.`);
console.log(`${report.numPassedTests} passed, ${failedTests.length} failed`);
process.exitCode = report.success && report.numPassedTests > 0 ? 0 : 1;
