import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';

let server: GatewayServer;
let page: string;
let headers: Headers;

beforeAll(async () => {
  server = await startServer(served(memoryModules()), { host: '127.0.0.1', port: 0 });
  const response = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
  page = await response.text();
  headers = response.headers;
});
afterAll(() => server[Symbol.asyncDispose]());

const directive = (name: string): string | undefined =>
  headers
    .get('content-security-policy')
    ?.split('; ')
    .find((each) => each.startsWith(`${name} `));

/** Where scripts begin and end, by the rules of HTML: a walk of its own, not the expression that made the policy. */
const scriptsIn = (html: string): readonly string[] => {
  const scripts: string[] = [];
  const lower = html.toLowerCase();
  for (let start = lower.indexOf('<script'); start >= 0; ) {
    const from = html.indexOf('>', start) + 1;
    const end = lower.indexOf('</script', from);
    scripts.push(html.slice(from, end));
    start = lower.indexOf('<script', end);
  }
  return scripts;
};

describe('the page of GraphiQL', () => {
  it('subscribes with the headers that are set on it: over a WebSocket it would be whoever the page is', () => {
    expect(page).toContain('"subscriptionsProtocol":"SSE"');
  });

  it('keeps its tabs under the pointer that presses them', () => {
    const head = page.slice(0, page.indexOf('<body'));
    expect(head).toMatch(/<style>\.graphiql-tab \{ transform: none !important; \}<\/style><\/head>\s*$/);
  });

  it('may run each script that it came with, and no other', () => {
    const hashes = scriptsIn(page).map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(hashes.length).toBeGreaterThan(0);
    expect(directive('script-src')?.split(' ').slice(1)).toEqual(hashes);
    expect(directive('default-src')).toBe("default-src 'none'");
  });

  it('asks nobody but this server, and is framed by nobody', () => {
    expect(directive('connect-src')).toBe("connect-src 'self'");
    expect(directive('frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
  });
});
