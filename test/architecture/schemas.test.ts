import { globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Whose tables the SQL of a folder must not name: it would depend on what it may not import. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  access: ['audit', 'bus', 'read', 'saga', 'upkeep', 'webhook', 'write'],
  audit: ['access', 'bus', 'read', 'saga', 'upkeep', 'webhook', 'write'],
  bus: ['access', 'audit', 'read', 'saga', 'upkeep', 'webhook', 'write'],
  monitoring: ['access', 'audit', 'read', 'saga', 'upkeep', 'webhook', 'write'],
  projection: ['access', 'bus', 'saga', 'upkeep', 'webhook', 'write'],
  read: ['access', 'audit', 'saga', 'upkeep', 'webhook', 'write'],
  relay: ['access', 'audit', 'bus', 'read', 'upkeep', 'webhook'],
  roles: ['access', 'audit', 'bus', 'read', 'saga', 'upkeep', 'webhook', 'write'],
  saga: ['access', 'audit', 'bus', 'read', 'upkeep', 'webhook', 'write'],
  webhooks: ['access', 'audit', 'bus', 'read', 'saga', 'upkeep', 'write'],
  write: ['access', 'audit', 'read', 'saga', 'upkeep', 'webhook'],
};

/** They look at everything: what there is, and whether it is right. */
const LOOK_AT_ALL = ['cli', 'database', 'startup', 'upkeep'];
/** They may not import `database`. */
const WITHOUT_SQL = [
  'commands',
  'events',
  'http',
  'inventory',
  'metrics',
  'pages',
  'platform',
  'schema',
  'servers',
  'tracing',
];

/** A key stands for one command, whoever runs it: ADR-033. */
const SHARED = /\bwrite\.idempotency\b/g;
/** Streams and channels of Redis are no tables. */
const ON_THE_WIRE = /\becommerce\.[a-z.]+/g;

/** `read.cart`, `"read"."order"`, `withSchema('read')`; not `read.carts(ids)`, which is a call, nor a role's name. */
const naming = (schema: string): RegExp =>
  new RegExp(`\\b${schema}"?\\."?[a-z_]+\\b"?(?![\\w(])|(?:withSchema|sql\\.id|search_path).*['"]${schema}['"]`);

const namedIn = (text: string, schemas: readonly string[]): readonly string[] => {
  const lines = text.split('\n').filter((line) => !/^import |^} from |^\s*(?:\/\/|\*|\/\*\*)/.test(line));
  return lines.filter((line) =>
    schemas.some((schema) => naming(schema).test(line.replaceAll(SHARED, 'shared').replaceAll(ON_THE_WIRE, 'stream'))),
  );
};

const isProduct = (file: string): boolean => !/\.(?:test|fixture)\.ts$/.test(file);

describe('SQL', () => {
  it('is looked at in every folder of src', () => {
    const found = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const known = [...Object.keys(FOREIGN), ...LOOK_AT_ALL, ...WITHOUT_SQL];
    expect(found.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
  });

  it.each(Object.entries(FOREIGN))('of %s names no table of %j', (folder, schemas) => {
    const files = globSync(`src/${folder}/**/*.ts`).filter(isProduct);
    expect(files.length).toBeGreaterThan(2);
    const found = files.flatMap((file) =>
      namedIn(readFileSync(file, 'utf8'), schemas).map((line) => `${file}: ${line}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    'select position from audit.event_store where true',
    "db.selectFrom('audit.event_store').selectAll()",
    'left join "audit"."event_store" as event using (position)',
    "sql.id('audit', 'event_store')",
    'lock table audit.event_store in access share mode',
  ])('that names a foreign table would be found: %s', (line) => {
    expect(namedIn(line, ['audit'])).toEqual([line]);
  });

  it.each([
    'await audit.page(request)',
    "import { rebuild } from '../audit/index.ts';",
    '// as audit.event_store says',
  ])('is told from what only looks like it: %s', (line) => {
    expect(namedIn(line, ['audit'])).toEqual([]);
  });
});
