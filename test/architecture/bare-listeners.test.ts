import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');

/** Where something of Node's calls us back. What is thrown there is nobody's, and would end the process: see ADR-035. */
const REGISTRATION =
  /(?:\.(?:on|once|addListener|prependListener|prependOnceListener)\(\s*['"]\w+['"],|\.addEventListener\(\s*['"]\w+['"],|\b(?:setTimeout|setInterval|setImmediate|queueMicrotask|process\.nextTick)\()\s*([\w.#]*\(?)/g;

/** What only settles a promise cannot throw. */
const SETTLES = ['resolve', 'reject'];

/** Files whose callbacks cannot throw, and why they are not guarded. */
const EXCEPT: Readonly<Record<string, string>> = {
  'platform/sleep.ts': 'settles a promise; the hottest of all timers',
  'platform/last-net.ts': 'is what a throw would fall into',
  'database/gathering-socket.ts': 'lets go of a socket, which tells of its failure by an event',
  'platform/end-of-turn.ts': 'DataLoader settles its promises with whatever is thrown',
};

const isGuardedName = (name: string, text: string): boolean =>
  SETTLES.includes(name) || (/^\w+$/.test(name) && new RegExp(`const ${name}\\b[^=]*= guarded\\(`).test(text));

/** The listeners and timers of a file that go through nothing that catches, as they stand there. */
const bareIn = (text: string): readonly string[] =>
  [...text.matchAll(REGISTRATION)]
    .filter(([, listener = '']) => listener !== 'guarded(' && listener !== 'ignored' && !isGuardedName(listener, text))
    .map(([registration]) => registration.replaceAll(/\s+/g, ' '));

const files = globSync('**/*.ts', { cwd: src }).filter(
  (file) => !/\.(?:test|fixture)\.ts$|(?:^|\/)(?:testing|generated)\//.test(file),
);

describe('a callback of Node', () => {
  it.each(files)('is guarded in %s', (file) => {
    const bare = bareIn(readFileSync(resolve(src, file), 'utf8'));
    expect(EXCEPT[file] === undefined ? bare : []).toEqual([]);
  });

  it.each([
    "socket.on('data', (chunk) => read(chunk))",
    "socket.once('close', end)",
    "redis\n  .on('message',\n  function () {})",
    "signal.addEventListener('abort', stop, { once: true })",
    'setTimeout(() => work(), 10)',
    'setInterval(this.work, 10)',
    'process.nextTick(() => work())',
    "process.on('SIGTERM', onSignal)",
  ])('that is bare is found: %s', (text) => {
    expect(bareIn(text)).toHaveLength(1);
  });

  it.each([
    "socket.on('data', guarded((chunk) => read(chunk), fail))",
    "socket.on('error', ignored)",
    'const end = guarded(() => work(), fail);\nsocket.once("close", end)',
    "child.once('spawn', resolve)",
    'setInterval(guarded(work, fail), 10)',
  ])('that is guarded is not: %s', (text) => {
    expect(bareIn(text)).toEqual([]);
  });

  it('is excepted only where there is one', () => {
    const without = Object.keys(EXCEPT).filter((file) => bareIn(readFileSync(resolve(src, file), 'utf8')).length === 0);
    expect(without).toEqual([]);
  });
});
