import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROLES, readConfig } from '../../src/platform/index.ts';

interface Service {
  readonly image?: string;
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>> | readonly string[];
}

const FILE = 'docker-compose.yml';
const TEXT = readFileSync(FILE, 'utf8');
const { services } = parse(TEXT, { merge: true }) as { readonly services: Readonly<Record<string, Service>> };
const SECRET = 'what signs the tokens of a panier in compose';

/** How things are laid out is nobody's fault. */
const LAYOUT = [
  'require-quotes-in-ports',
  'service-dependencies-alphabetical-order',
  'service-keys-order',
  'service-ports-alphabetical-order',
  'services-alphabetical-order',
  'top-level-properties-order',
];

interface Linted {
  readonly messages: readonly { readonly line: number; readonly message: string }[];
}

interface Linter {
  readonly lintFiles: (paths: readonly string[], isRecursive: boolean) => readonly Linted[];
}

// Its own types name files by paths that only its authors have.
const { DCLinter } = createRequire(import.meta.url)('dclint') as {
  readonly DCLinter: new (config: object) => Linter;
};

const faultsOf = (file: string): readonly string[] => {
  const rules = Object.fromEntries(LAYOUT.map((name) => [name, 0] as const));
  const linter = new DCLinter({ rules, quiet: false, debug: false, exclude: [] });
  const linted = linter.lintFiles([file], false);
  return linted.flatMap(({ messages }) => messages.map(({ line, message }) => `${line} ${message}`));
};

const faultsOfText = (text: string): readonly string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'panier-compose-'));
  try {
    writeFileSync(join(folder, FILE), text);
    return faultsOf(join(folder, FILE));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const ofPanier = Object.entries(services).filter(([, { image }]) => image === 'panier');

/** As compose puts them in: `${NAME:?…}` is the secret, `${NAME:-}` is empty. */
const environmentOf = ({ environment = {} }: Service): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replace(/\$\{\w+:-([^}]*)\}/, '$1').replace(/\$\{\w+:\?[^}]*\}/, SECRET),
    ]),
  );

describe('docker-compose.yml', () => {
  it('is what the Compose Specification allows', () => expect(faultsOf(FILE)).toEqual([]));

  it.each([
    ['a key that there is not', TEXT.replace('read_only:', 'readonly:')],
    ['a value of another type', TEXT.replace('cap_drop: [ALL]', 'cap_drop: ALL')],
    ['a port for the whole world', TEXT.replace('127.0.0.1:4000:4000', '4000:4000')],
  ])('would not pass with %s', (_what, text) => {
    expect(text).not.toBe(TEXT);
    expect(faultsOfText(text)).not.toEqual([]);
  });

  it('has each role as a process of its own', () => {
    const roles = ofPanier.map(([name, service]) => ({ name, roles: readConfig(environmentOf(service)).roles }));
    expect(roles).toEqual(ROLES.map((role) => ({ name: role, roles: [role] })));
  });

  it('lets panier write nowhere and do nothing that it need not', () => {
    for (const [, service] of ofPanier)
      expect(service).toMatchObject({
        read_only: true,
        tmpfs: ['/tmp'],
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        stop_grace_period: '10s',
      });
  });

  it('has Prometheus ask every process of panier', () => {
    const { scrape_configs } = parse(readFileSync('deploy/compose/prometheus.yml', 'utf8')) as {
      readonly scrape_configs: readonly {
        readonly job_name: string;
        readonly dns_sd_configs: readonly { readonly names: readonly string[] }[];
      }[];
    };
    expect(scrape_configs).toMatchObject([{ job_name: 'panier' }]);
    expect(scrape_configs[0]?.dns_sd_configs[0]?.names).toEqual(ROLES);
  });

  it('lets whoever reaches Grafana look, and nobody come in by the password that all images have', () => {
    expect(services['grafana']?.environment).toMatchObject({
      GF_AUTH_ANONYMOUS_ENABLED: 'true',
      GF_AUTH_DISABLE_LOGIN_FORM: 'true',
      GF_AUTH_BASIC_ENABLED: 'false',
      GF_SERVER_DOMAIN: 'localhost',
      GF_SERVER_ENFORCE_DOMAIN: 'true',
    });
  });

  it('mounts what there is', () => {
    const mounted = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0] ?? ''),
    );
    const missing = mounted.filter((path) => path.startsWith('./') && !existsSync(path));
    expect(missing).toEqual([]);
  });
});

const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;

describe.runIf(hasCompose)('docker compose config', () => {
  it.each([[[]], [['--profile', 'observe']]])('takes it with %j', (profile) => {
    const env = { ...process.env, PANIER_JWT_SECRET: SECRET };
    const printed = execFileSync('docker', ['compose', ...profile, 'config', '--services'], { env, encoding: 'utf8' });
    const isOn = ({ profiles = [] }: Service): boolean => profiles.length === 0 || profile.length > 0;
    const expected = Object.keys(services).filter((name) => isOn(services[name] ?? {}));
    expect(printed.trim().split('\n').toSorted()).toEqual(expected.toSorted());
  });
});
