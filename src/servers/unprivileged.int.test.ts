import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServers } from './index.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { reachablePrograms } from './reachable-programs.ts';
import { commandAs, unprivileged } from './unprivileged.ts';

const isRoot = process.getuid?.() === 0;
const NOTHING = '0000000000000000';

/** As /root is. */
let closed: string;

beforeAll(() => {
  closed = mkdtempSync(join(tmpdir(), 'panier-closed-'));
});

afterAll(() => rmSync(closed, { recursive: true }));

const statusOf = (pid: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readFileSync(`/proc/${pid}/status`, 'utf8')
      .split('\n')
      .map((line) => line.split(/:\s*/, 2)),
  ) as Record<string, string>;

type Processes = { readonly postgres: ProcessIdentity; readonly redis: ProcessIdentity };

const modesIn = (dataDir: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['.', 'layout', 'servers.json', 'postgres', 'postgres.log', 'redis', 'redis.log'].map((name) => [
      name,
      (statSync(join(dataDir, name)).mode & 0o777).toString(8),
    ]),
  );

const CLOSED = {
  '.': '700',
  layout: '600',
  'servers.json': '600',
  postgres: '700',
  'postgres.log': '600',
  redis: '700',
  'redis.log': '600',
};

describe.runIf(process.platform === 'linux')('the embedded servers', () => {
  it('have no capability and can get none, also below a directory that only root may enter', async () => {
    const dataDir = join(closed, 'data');
    await using _servers = await startServers({ dataDir, say: () => undefined });
    const { postgres, redis } = JSON.parse(readFileSync(join(dataDir, 'servers.json'), 'utf8')) as Processes;
    for (const { pid } of [postgres, redis]) {
      const status = statusOf(pid);
      expect(status).toMatchObject({ CapEff: NOTHING, CapPrm: NOTHING, CapInh: NOTHING, CapAmb: NOTHING });
      expect(status).toMatchObject({ NoNewPrivs: '1' });
      expect(status['Uid']?.split('\t')).not.toContain('0');
    }
  });

  it('close what an earlier panier left open', async () => {
    const dataDir = join(closed, 'data');
    chmodSync(dataDir, 0o711);
    for (const name of ['layout', 'postgres.log', 'redis.log']) chmodSync(join(dataDir, name), 0o644);
    await using _servers = await startServers({ dataDir, say: () => undefined });
    expect(modesIn(dataDir)).toEqual(CLOSED);
  });

  it.each(['shared', 'sticky'])('refuse a directory that is not panier’s alone: %s', async (kind) => {
    const dataDir = join(closed, kind);
    mkdirSync(dataDir);
    if (kind === 'shared') writeFileSync(join(dataDir, 'letter.txt'), 'dear');
    else chmodSync(dataDir, 0o1777);
    const { mode } = statSync(dataDir);
    await expect(startServers({ dataDir, say: () => undefined })).rejects.toThrow(
      'set PANIER_DATA_DIR to a directory of its own',
    );
    expect(statSync(dataDir).mode).toBe(mode);
  });
});

const programsIn = (directory: string) => {
  for (const name of ['bin', 'share']) mkdirSync(join(directory, name), { recursive: true });
  const [postgres, initdb] = [join(directory, 'bin/postgres'), join(directory, 'bin/initdb')];
  for (const program of [postgres, initdb]) writeFileSync(program, '#!/bin/sh\necho ran\n', { mode: 0o700 });
  return { postgres, initdb, version: '18.9.9', majorVersion: '18' };
};

const openPlace = (name: string): string => {
  const place = mkdtempSync(join(tmpdir(), name));
  chmodSync(place, 0o755);
  return place;
};

// Nobody else is asked to become another user.
describe.runIf(isRoot)('the programs of PostgreSQL, for another user than root', () => {
  it('are copied to where that user may run them, once', () => {
    const place = openPlace('panier-place-');
    try {
      const runAs = unprivileged(closed);
      const programs = programsIn(join(closed, 'native'));
      const copy = reachablePrograms(runAs, programs, place);
      expect(copy.postgres).toBe(join(place, `postgresql-18.9.9-${process.arch}`, 'bin/postgres'));
      const { file, args, ...user } = commandAs(runAs, copy.postgres, []);
      expect(execFileSync(file, args, { encoding: 'utf8', cwd: '/', ...user })).toBe('ran\n');
      const { ino } = statSync(copy.postgres);
      expect(statSync(reachablePrograms(runAs, programs, place).postgres).ino).toBe(ino);
      expect(reachablePrograms(runAs, copy, join(place, 'unused'))).toBe(copy);
    } finally {
      rmSync(place, { recursive: true });
    }
  });

  it('are not taken from where others may write', () => {
    const place = openPlace('panier-place-');
    try {
      chmodSync(place, 0o777);
      expect(() => reachablePrograms(unprivileged(closed), programsIn(join(closed, 'native')), place)).toThrow(
        /not root's alone.*Run panier as another user/,
      );
    } finally {
      rmSync(place, { recursive: true });
    }
  });
});
