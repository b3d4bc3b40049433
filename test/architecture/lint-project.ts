import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

type Report = { readonly diagnostics: readonly { readonly filename: string; readonly code: string }[] };

/** The fixtures as a project of their own: in this one the linter ignores them. */
export class LintProject implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'panier-lint-'));
  readonly #project = join(this.#folder, 'project');

  constructor() {
    cpSync(join(import.meta.dirname, 'fixtures'), this.#project, { recursive: true });
    for (const name of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) {
      cpSync(join(root, name), join(this.#project, name));
    }
    // Beside the project, not in it: the linter follows the link and reads every package.
    symlinkSync(join(root, 'node_modules'), join(this.#folder, 'node_modules'), 'dir');
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.#project, file)), { recursive: true });
    writeFileSync(join(this.#project, file), text);
  }

  /** Every reported rule as `file: rule`, sorted. */
  lint(): readonly string[] {
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
    const run = spawnSync(process.execPath, [oxlint, '--type-aware', '--format=json'], {
      cwd: this.#project,
      encoding: 'utf8',
      maxBuffer: 16 * 1024 * 1024,
      timeout: 30_000,
    });
    const { diagnostics } = JSON.parse(run.stdout) as Report;
    return diagnostics.map(({ filename, code }) => `${filename}: ${code}`).toSorted();
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}
