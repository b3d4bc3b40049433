import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandAs, giveTo, unprivileged } from './unprivileged.ts';

it('lets the user of a server run programs below a directory that only its owner may enter', () => {
  // mkdtemp makes it 0700, as /root is.
  const closed = mkdtempSync(join(tmpdir(), 'panier-closed-'));
  try {
    const program = join(closed, 'program');
    writeFileSync(program, '#!/bin/sh\necho ran\n', { mode: 0o755 });
    const data = join(closed, 'data');
    mkdirSync(data);
    const runAs = unprivileged(data, [program, data]);
    giveTo(runAs, data);
    // initdb looks for its programs by access(2), as the test command of coreutils does, and then runs them.
    const found = commandAs(runAs, '/usr/bin/env', ['test', '-x', program]);
    execFileSync(found.file, found.args, { stdio: 'ignore' });
    const ran = commandAs(runAs, program, []);
    expect(execFileSync(ran.file, ran.args, { encoding: 'utf8' })).toBe('ran\n');
  } finally {
    rmSync(closed, { recursive: true });
  }
});
