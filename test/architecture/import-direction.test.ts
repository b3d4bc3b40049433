import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LintProject } from './lint-project.ts';

const RESTRICTED = 'eslint(no-restricted-imports)';

/** "Who may import whom" of the architecture, as the linter has to enforce it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  access: ['bus', 'database', 'events', 'platform'],
  audit: ['bus', 'database', 'events', 'platform', 'projection'],
  bus: ['database', 'events', 'platform'],
  commands: ['events', 'platform'],
  cli: [
    'access',
    'audit',
    'bus',
    'commands',
    'database',
    'events',
    'http',
    'inventory',
    'metrics',
    'monitoring',
    'pages',
    'platform',
    'projection',
    'read',
    'relay',
    'roles',
    'saga',
    'schema',
    'servers',
    'startup',
    'tracing',
    'upkeep',
    'webhooks',
    'write',
  ],
  database: ['platform'],
  events: ['platform'],
  http: ['platform'],
  inventory: ['access', 'commands', 'events', 'http', 'platform', 'saga'],
  metrics: ['http', 'platform'],
  monitoring: ['bus', 'database', 'events', 'platform', 'relay'],
  pages: ['platform'],
  platform: [],
  projection: ['database', 'events', 'platform'],
  read: ['bus', 'database', 'events', 'platform', 'projection'],
  relay: ['bus', 'database', 'events', 'platform'],
  roles: [
    'access',
    'audit',
    'bus',
    'commands',
    'database',
    'events',
    'inventory',
    'metrics',
    'monitoring',
    'pages',
    'platform',
    'projection',
    'read',
    'relay',
    'saga',
    'schema',
    'servers',
    'startup',
    'upkeep',
    'webhooks',
    'write',
  ],
  saga: ['bus', 'commands', 'database', 'events', 'platform'],
  schema: [
    'access',
    'audit',
    'commands',
    'events',
    'http',
    'monitoring',
    'pages',
    'platform',
    'read',
    'saga',
    'upkeep',
    'webhooks',
    'write',
  ],
  servers: ['platform'],
  startup: [
    'access',
    'audit',
    'bus',
    'database',
    'events',
    'platform',
    'read',
    'relay',
    'saga',
    'servers',
    'webhooks',
    'write',
  ],
  tracing: ['platform'],
  upkeep: ['audit', 'bus', 'commands', 'database', 'events', 'platform', 'projection', 'read', 'relay'],
  webhooks: ['bus', 'commands', 'database', 'events', 'platform', 'projection'],
  write: ['bus', 'commands', 'database', 'events', 'platform'],
};

const folders = Object.keys(MAY_IMPORT);
const doors = folders.filter((folder) => folder !== 'cli');

const importOf = (specifier: string): string => `export type { Thing } from '${specifier}';\n`;

const reportedIn = (files: Readonly<Record<string, string>>): readonly string[] => {
  using project = new LintProject();
  for (const door of doors) project.write(`src/${door}/index.ts`, 'export type Thing = string;\n');
  for (const [file, text] of Object.entries(files)) project.write(file, text);
  return project
    .lint()
    .filter((line) => line.endsWith(RESTRICTED) && Object.keys(files).some((file) => line.startsWith(`${file}:`)))
    .map((line) => line.slice(0, line.indexOf(':')));
};

const pairs = folders.flatMap((from) => doors.filter((to) => to !== from).map((to) => [from, to] as const));

describe('import direction', () => {
  it('knows every folder of src', () => {
    const src = readdirSync(resolve(import.meta.dirname, '../../src'), { withFileTypes: true });
    const found = src.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(folders).toEqual(expect.arrayContaining(found));
  });

  it.each([
    ['at the top of a folder', 'imports', '../'],
    ['in a folder of a folder', 'inner/imports', '../../'],
  ])('reports exactly the forbidden folders %s', (_place, prefix, up) => {
    const files = Object.fromEntries(
      pairs.map(([from, to]) => [`src/${from}/${prefix}-${to}.ts`, importOf(`${up}${to}/index.ts`)]),
    );
    const forbidden = pairs.filter(([from, to]) => !MAY_IMPORT[from]?.includes(to));
    expect(reportedIn(files)).toEqual(forbidden.map(([from, to]) => `src/${from}/${prefix}-${to}.ts`).toSorted());
  });

  it('reports an import of main from anywhere but cli', () => {
    const files = Object.fromEntries(folders.map((from) => [`src/${from}/imports-main.ts`, importOf('../main.ts')]));
    expect(reportedIn(files)).toEqual(doors.map((from) => `src/${from}/imports-main.ts`).toSorted());
  });

  it('reports an import past the door of a folder, in tests as well', () => {
    const files = {
      ...Object.fromEntries(pairs.map(([from, to]) => [`src/${from}/past-${to}.ts`, importOf(`../${to}/inner.ts`)])),
      'src/saga/past-the-door.test.ts': importOf('../relay/relay.ts'),
      'src/main.ts': importOf('./write/cart/index.ts'),
      'test/e2e/past-the-door.ts': importOf('../../src/write/cart.ts'),
      'harness/bench/past-the-door.ts': importOf('../src/write/cart.ts'),
      'tools/past-the-door.ts': importOf('../src/write/cart.ts'),
      'codegen.ts': importOf('./src/schema/builder.ts'),
    };
    expect(reportedIn(files)).toEqual(Object.keys(files).toSorted());
  });

  it('reports whatever a migration imports but kysely: it would go on changing', () => {
    const imports = {
      'of-its-folder': importOf('./0001-initial.ts'),
      'of-database': importOf('../statement.ts'),
      'of-platform': importOf('../../platform/index.ts'),
      'of-a-package': importOf('pg'),
      'of-node': importOf('node:fs'),
      lazily: "export const up = async (): Promise<unknown> => await import('../statement.ts');\n",
      kysely: importOf('kysely'),
    };
    const files = Object.entries(imports).map(
      ([name, text]) => [`src/database/migrations/0009-${name}.ts`, text] as const,
    );
    const reported = reportedIn(Object.fromEntries(files));
    const expected = files.map(([file]) => file).filter((file) => !file.endsWith('kysely.ts'));
    expect(reported).toEqual(expected.toSorted());
  });

  it('lets a folder import its own files, whatever they are called', () => {
    const files = {
      'src/main.ts': importOf('./write/index.ts'),
      'src/write/cart/decide.ts': importOf('../catalogue/index.ts'),
      'src/write/handle.ts': importOf('./cart/decide.ts'),
      'src/write/handle.test.ts': importOf('../../test/support/database.ts'),
      'src/read/order/queries.ts': importOf('./projection.ts'),
      'src/cli/start.ts': importOf('../main.ts'),
      'test/e2e/cart.ts': importOf('../../src/write/index.ts'),
    };
    expect(reportedIn(files)).toEqual([]);
  });
});
