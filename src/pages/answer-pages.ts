import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PageName, ShopPayments } from '../platform/index.ts';
import type { BuiltFile, BuiltPages } from './built-pages.ts';
import { pagePolicy, shopPolicy } from './page-policy.ts';
import { withPayments } from './shop-page.ts';

/** Why a page, or a file of one, is not served. */
export interface PageRefusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a gateway serves beside GraphQL, to browsers. */
export interface Pages {
  /** Which page the request is for; `files` when for what pages consist of; null when for neither. */
  readonly asked: (request: IncomingMessage) => PageName | 'files' | null;
  /** Serves it. @returns why it cannot be; null when it was */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => PageRefusal | null;
}

const FILES = '/pages/';
/** Its name tells its contents. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Asked for anew each time: it names the files of this very build. */
const EACH_TIME = 'no-cache';

const READ_ONLY: PageRefusal = {
  status: 405,
  message: 'A page can only be read: ask for it by GET.',
  headers: { allow: 'GET, HEAD' },
};
const NO_SUCH_FILE: PageRefusal = { status: 404, message: 'No page has such a file: load the page again.' };
const NOT_BUILT: PageRefusal = {
  status: 503,
  message: 'The pages are not built: run "npm run pages", then start panier again.',
};

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? '';

type Coding = 'br' | 'gzip' | 'identity';

/** The smallest that the browser takes. `q=0`, which refuses one, no browser sends for these. */
const codingOf = ({ headers }: IncomingMessage): Coding => {
  // Not split by an expression that takes spaces along: on a header full of them it works for half a second.
  const accepted = (headers['accept-encoding'] ?? '').split(',').map((each) => each.trim());
  return (['br', 'gzip'] as const).find((coding) => accepted.includes(coding)) ?? 'identity';
};

const send = (request: IncomingMessage, response: ServerResponse, file: BuiltFile): void => {
  const coding = codingOf(request);
  const body = file[coding];
  if (coding !== 'identity') response.setHeader('content-encoding', coding);
  response.writeHead(200, {
    'content-type': file.contentType,
    'content-length': body.length,
    vary: 'accept-encoding',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
};

const SHOP = '/shop/index.html';

/** The pages as they were built; the shop's says how its customers pay. */
const filesOf = ({ files }: BuiltPages, { names, shopPayments }: Served): BuiltPages['files'] => {
  const shop = files.get(SHOP);
  if (shop === undefined || !names.includes('shop')) return files;
  return new Map([...files, [SHOP, withPayments(shop, shopPayments)] as const]);
};

/** Which pages are served, and how customers of the shop pay. */
export interface Served {
  readonly names: readonly PageName[];
  readonly shopPayments: ShopPayments;
}

/** Serves the pages of these names at `/<name>` and below, and their files at `/pages/`. */
export const openPages = (built: BuiltPages, served: Served): Pages => {
  const { names, shopPayments } = served;
  const files = filesOf(built, served);
  const policies = { console: pagePolicy(), shop: shopPolicy(shopPayments) } as const satisfies Record<
    PageName,
    string
  >;
  const asked: Pages['asked'] = (request) => {
    const path = pathOf(request);
    if (names.length > 0 && path.startsWith(FILES)) return 'files';
    return names.find((name) => path === `/${name}` || path.startsWith(`/${name}/`)) ?? null;
  };
  const fileFor = (request: IncomingMessage, response: ServerResponse): BuiltFile | PageRefusal => {
    if (files.size === 0) return NOT_BUILT;
    const wanted = asked(request);
    if (wanted === null) return NO_SUCH_FILE;
    if (wanted === 'files') {
      response.setHeader('cache-control', FOR_EVER);
      return files.get(pathOf(request)) ?? NO_SUCH_FILE;
    }
    // Who is signed in by it alone may keep it.
    response.setHeader('cache-control', response.hasHeader('set-cookie') ? 'no-store' : EACH_TIME);
    response.setHeader('content-security-policy', policies[wanted]);
    return files.get(`/${wanted}/index.html`) ?? NOT_BUILT;
  };
  return {
    asked,
    answer: (request, response) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') return READ_ONLY;
      const file = fileFor(request, response);
      if (!('status' in file)) {
        send(request, response, file);
        return null;
      }
      response.setHeader('cache-control', 'no-store');
      return file;
    },
  };
};
