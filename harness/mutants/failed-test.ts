/** As vitest prints a test that failed: its file, and what it is within. A file that cannot be loaded has no such test. */
const FAILED = /^\s*(?:FAIL|×)\s+(\S.* > .+)$/;

/** The test that a line of vitest's tells to have failed; null when it tells of none. */
export const failedTestIn = (line: string): string | null => FAILED.exec(line)?.[1] ?? null;
