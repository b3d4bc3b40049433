import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ConcreteRequest, ReaderFragment } from 'relay-runtime';

const COMPILER = resolve('node_modules/relay-compiler/cli.js');
const [SCHEMA, GENERATED] = ['schema.graphql', 'generated'];
const CONFIG = {
  src: '.',
  schema: SCHEMA,
  language: 'javascript',
  artifactDirectory: GENERATED,
  eagerEsModules: false,
};

const RELAY_FOLDER = 'panier-relay-';

interface Compiled extends Disposable {
  readonly request: (name: string) => ConcreteRequest;
  readonly fragment: (name: string) => ReaderFragment;
}

/** What Relay's own compiler makes of the operations in a file, and of panier's schema. @throws what it complains of */
export const compileRelay = (path: string): Compiled => {
  const folder = mkdtempSync(join(tmpdir(), RELAY_FOLDER));
  mkdirSync(join(folder, GENERATED));
  copyFileSync('schema.graphql', join(folder, SCHEMA));
  copyFileSync(path, join(folder, 'orders.js'));
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(CONFIG));
  execFileSync(process.execPath, [COMPILER, 'relay.config.json'], { cwd: folder, stdio: 'pipe' });
  const read = createRequire(join(folder, GENERATED, 'index.js'));
  return {
    request: (name) => read(`./${name}.graphql`) as ConcreteRequest,
    fragment: (name) => read(`./${name}.graphql`) as ReaderFragment,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
};
