import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const project = resolve(import.meta.dirname, '../..');

it.each(['start', 'run demo', 'run verify', 'run replay'])(
  'npm %s without packages says what to do, without a stack',
  async (command) => {
    const copy = mkdtempSync(join(tmpdir(), 'panier-bare-'));
    try {
      for (const name of ['package.json', 'src', 'tools'])
        cpSync(join(project, name), join(copy, name), { recursive: true });
      const failed = await run('npm', command.split(' '), { cwd: copy }).catch((error: unknown) => error);
      const { stderr } = failed as { readonly stderr: string };
      expect(stderr).toContain('run "npm ci" first');
      expect(stderr).not.toMatch(/\n {4}at |ERR_/);
    } finally {
      rmSync(copy, { recursive: true });
    }
  },
);
