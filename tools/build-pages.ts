// `npm ci` runs it (tools/prepare.sh): the pages in dist/pages, as a gateway serves them.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { BUILT_PAGES_FOLDER, DOCUMENTS_FILE } from '../src/pages/index.ts';

const COMPRESSED = ['.js', '.css', '.html', '.svg', '.txt'];

const run = (name: string, args: readonly string[]): void => {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [bin(name), ...args], { encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`${name} ${args.join(' ')} failed.\n${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}`);
};

const bin = (name: string): string => `node_modules/.bin/${name}`;

const compress = (path: string): void => {
  const content = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(content));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
};

const build = (): void => {
  run('graphql-codegen', ['--config', 'codegen.ts']);
  run('vite', ['build', '--logLevel', 'warn']);
  const files = readdirSync(BUILT_PAGES_FOLDER, { recursive: true, encoding: 'utf8' });
  for (const file of files) if (COMPRESSED.includes(extname(file))) compress(join(BUILT_PAGES_FOLDER, file));
  copyFileSync('ui/generated/documents.json', join(BUILT_PAGES_FOLDER, DOCUMENTS_FILE));
};

build();
