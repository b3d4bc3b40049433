import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { answerTo, until } from '../operator.ts';

const REPLAY_PATIENCE_MS = 120_000;
const START = `mutation { run: startReplay(input: { dryRun: false }) {
  ... on UpkeepRun { id } ... on UserError { message }
} }`;
const LAST = 'query { upkeepRuns(last: 1) { id status reason steps { name found } } }';

interface Run {
  readonly id: string;
  readonly status: string;
  readonly reason: string | null;
  readonly steps: readonly { readonly name: string; readonly found: number | null }[];
}

const ENDED = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);

/** Has the read models built anew, by the API. Returns how much of each table differed. @throws when it fails */
export const replay = async (url: string): Promise<readonly string[]> => {
  const { run } = await answerTo<{ readonly run: { readonly id?: string; readonly message?: string } }>(url, START);
  if (run.id === undefined) throw new Error(`The replay was refused: ${run.message}`);
  const ended = await until({
    what: 'the replay has come to its end',
    ms: REPLAY_PATIENCE_MS,
    look: async () => {
      const { upkeepRuns } = await answerTo<{ readonly upkeepRuns: readonly Run[] }>(url, LAST);
      const last = upkeepRuns.find(({ id }) => id === run.id);
      return last !== undefined && ENDED.has(last.status) ? last : null;
    },
  });
  if (ended.status !== 'COMPLETED') throw new Error(`The replay is ${ended.status}: ${ended.reason}`);
  return ended.steps.flatMap(({ name, found }) => (found === null || found === 0 ? [] : [`${name}: ${found}`]));
};

interface Shell {
  readonly project: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** `npm run replay -- --dry-run` of that checkout: the lines of the tables that differ. */
export const differing = async ({ project, environment }: Shell): Promise<readonly string[]> => {
  const running = promisify(execFile)(process.execPath, ['src/cli/replay.ts', '--dry-run'], {
    cwd: project,
    env: { ...process.env, ...environment },
  });
  // It says what differs on its way out, too.
  const { stdout } = await running.catch((error: unknown) => error as { readonly stdout: string });
  const lines = stdout.split('\n').map((line) => line.trim());
  if (!lines.some((line) => line.endsWith('folded')))
    throw new Error(`The comparison did not come to its end: ${stdout}`);
  return lines.filter((line) => /^\w+ +\d+ rows? /.test(line) && !line.endsWith('identical'));
};
