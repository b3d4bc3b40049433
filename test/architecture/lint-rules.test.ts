import { expect, it } from 'vitest';
import { LintProject } from './lint-project.ts';

it('reports each fault of the fixtures, and nothing else', () => {
  using project = new LintProject();
  project.write('src/write/long-file.ts', "export const greeting = 'hello';\n".concat('\n'.repeat(200)));
  expect(project.lint()).toEqual([
    'src/write/any-value.ts: typescript(no-explicit-any)',
    'src/write/async-callback.ts: typescript(no-misused-promises)',
    'src/write/await-of-nothing.ts: typescript(await-thenable)',
    'src/write/cycle-end.ts: import(no-cycle)',
    'src/write/cycle-start.ts: import(no-cycle)',
    'src/write/forgotten-event.ts: typescript(switch-exhaustiveness-check)',
    'src/write/lazy-import.ts: eslint(no-restricted-imports)',
    'src/write/long-file.ts: eslint(max-lines)',
    'src/write/long-function.ts: eslint(max-lines-per-function)',
    'src/write/many-parameters.ts: eslint(max-params)',
    'src/write/re-export.ts: eslint(no-restricted-imports)',
    'src/write/reads-environment.ts: node(no-process-env)',
    'src/write/type-import.ts: typescript(consistent-type-imports)',
    'src/write/unawaited-write.ts: typescript(no-floating-promises)',
    'src/write/void-promise.ts: typescript(no-floating-promises)',
  ]);
});
