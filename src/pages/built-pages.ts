import { readdir, readFile } from 'node:fs/promises';
import { extname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file that a browser is given, as it is and compressed. */
export interface BuiltFile {
  readonly contentType: string;
  readonly identity: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/** What `npm run pages` made, by path: `/pages/index-Dx3.js`, `/console/index.html`. */
export interface BuiltPages {
  readonly files: ReadonlyMap<string, BuiltFile>;
  /** The pages' documents, by their hash. */
  readonly documents: Readonly<Record<string, string>>;
}

export const BUILT_PAGES_FOLDER = fileURLToPath(new URL('../../dist/pages/', import.meta.url));

/** Written last by the build: without it there is none, or half of one. */
export const DOCUMENTS_FILE = 'documents.json';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** Nothing was built, or nothing is served. */
export const NO_PAGES: BuiltPages = { files: new Map(), documents: {} };

const readBuilt = async (path: string): Promise<BuiltFile> => {
  const [identity, br, gzip] = await Promise.all([readFile(path), readFile(`${path}.br`), readFile(`${path}.gz`)]);
  return { contentType: CONTENT_TYPES[extname(path)] ?? 'application/octet-stream', identity, br, gzip };
};

const documentsIn = async (folder: string): Promise<BuiltPages['documents'] | null> => {
  try {
    return JSON.parse(await readFile(`${folder}${DOCUMENTS_FILE}`, 'utf8')) as BuiltPages['documents'];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

/** Reads what was built, whole: some hundred kilobytes. Nothing is in it where nothing was built. */
export const readBuiltPages = async (folder: string = BUILT_PAGES_FOLDER): Promise<BuiltPages> => {
  const documents = await documentsIn(folder);
  if (documents === null) return NO_PAGES;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && CONTENT_TYPES[extname(entry.name)] !== undefined)
    .map(({ parentPath, name }) => `${parentPath}${parentPath.endsWith(sep) ? '' : sep}${name}`);
  const files = await Promise.all(
    paths.map(async (path) => [`/${relative(folder, path).split(sep).join('/')}`, await readBuilt(path)] as const),
  );
  return { files: new Map(files), documents };
};
