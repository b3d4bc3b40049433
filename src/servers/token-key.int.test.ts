import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenKeyOf } from './token-key.ts';

let parent: string;
let dataDir: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'panier-key-'));
  dataDir = join(parent, 'data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const run = promisify(execFile);
const PRINT = `import { tokenKeyOf } from './src/servers/token-key.ts';
  process.stdout.write(tokenKeyOf(process.argv[1]).toString('hex'));`;

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('the key of the data directory', () => {
  it('is made when it is first asked for, and stays', () => {
    const key = tokenKeyOf(dataDir);
    expect(key).toHaveLength(32);
    expect(tokenKeyOf(dataDir)).toEqual(key);
    expect(readdirSync(dataDir).toSorted()).toEqual(['layout', 'token.key']);
  });

  it('is for its owner alone, in a directory that is, whatever the mask', () => {
    const before = process.umask(0);
    try {
      tokenKeyOf(dataDir);
    } finally {
      process.umask(before);
    }
    expect([modeOf(dataDir), modeOf(join(dataDir, 'token.key'))]).toEqual(['700', '600']);
    chmodSync(join(dataDir, 'token.key'), 0o644);
    tokenKeyOf(dataDir);
    expect(modeOf(join(dataDir, 'token.key'))).toBe('600');
  });

  it('is one, however many processes make it at the same time', async () => {
    const outputs = await Promise.all(
      Array.from({ length: 6 }, () => run(process.execPath, ['--input-type=module', '-e', PRINT, dataDir])),
    );
    const keys = new Set(outputs.map(({ stdout }) => stdout));
    expect([...keys]).toEqual([tokenKeyOf(dataDir).toString('hex')]);
    expect(readdirSync(dataDir).toSorted()).toEqual(['layout', 'token.key']);
  });

  it.each(['', 'nonsense', 'QQ\n'])('is not %j, and says what to do', (text) => {
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'layout'), '1\n');
    writeFileSync(join(dataDir, 'token.key'), text);
    expect(() => tokenKeyOf(dataDir)).toThrow("token.key is no key of panier's: remove it");
  });

  it('is not put where others have things', () => {
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'thesis.doc'), '');
    expect(() => tokenKeyOf(dataDir)).toThrow('set PANIER_DATA_DIR to a directory of its own');
  });
});
