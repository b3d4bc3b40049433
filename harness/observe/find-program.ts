import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The first of these programs that answers to `--version`; undefined when none is there. */
export const findProgram = async (programs: readonly string[]): Promise<string | undefined> => {
  for (const program of programs) {
    const answers = await run(program, ['--version']).then(
      () => true,
      () => false,
    );
    if (answers) return program;
  }
  return undefined;
};
