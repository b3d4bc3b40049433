import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';

type Environment = Readonly<Record<string, string>>;

interface Printed {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const directory = mkdtempSync(join(tmpdir(), 'panier-token-'));
const dataDir = join(directory, 'data');

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const run = (command: readonly [string, ...string[]], more: Environment = {}): Promise<Printed> =>
  new Promise((resolve) => {
    const [program, ...args] = command;
    const env = { ...process.env, PANIER_DATA_DIR: dataDir, ...more };
    const child = execFile(program, args, { env }, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });

const token = (args: string, more: Environment = {}): Promise<Printed> =>
  run([process.execPath, 'src/cli/token.ts', ...args.split(' ').filter((arg) => arg !== '')], more);

const claimsOf = (printed: string): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(printed.split('.')[1] ?? '', 'base64url').toString()) as Readonly<Record<string, unknown>>;

describe('npm run token', () => {
  it('prints a token, and nothing else, before panier has ever run', async () => {
    const { stdout, stderr } = await run([
      'npm',
      'run',
      '--silent',
      'token',
      '--',
      '--role',
      'operator',
      '--sub',
      'me',
    ]);
    expect([stdout, stderr]).toEqual([expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/), '']);
    expect((statSync(join(dataDir, 'token.key')).mode & 0o777).toString(8)).toBe('600');
    const { iat, exp, ...claims } = claimsOf(stdout);
    expect(claims).toEqual({
      role: 'operator',
      sub: 'me',
      iss: 'panier',
      scope: 'orders:read orders:write stock:write catalogue:write events:read repair webhooks:write',
    });
    expect(Number(exp) - Number(iat)).toBe(3_600);
  });

  it('gives the scopes and the time that are asked for, to others none', async () => {
    const given = claimsOf((await token('--role service --sub erp --scope repair,orders:read --ttl 2d')).stdout);
    expect(given).toMatchObject({ role: 'service', sub: 'erp', scope: 'orders:read repair' });
    expect(Number(given['exp']) - Number(given['iat'])).toBe(172_800);
    const twice = claimsOf((await token('--role service --sub erp --scope repair --scope orders:read')).stdout);
    expect(twice['scope']).toBe('orders:read repair');
    expect(claimsOf((await token('--role service --sub erp')).stdout)).not.toHaveProperty('scope');
    expect(claimsOf((await token('--role customer --sub ada')).stdout)).not.toHaveProperty('scope');
  });

  it.each([
    ['', '--role is missing: give one of customer, service, operator.'],
    ['--role boss --sub x', '--role is "boss": give one of'],
    ['--role visitor --sub x', '--role is "visitor": give one of'],
    ['--role customer', '--sub is whom the token is for'],
    ['--role customer --sub zoë', '1 to 200 visible characters of ASCII'],
    ['--role customer --sub ada --scope repair', 'customers have none'],
    ['--role operator --sub me --scope repair,rule', '--scope has "rule": give some of orders:read'],
    ['--role operator --sub me --ttl 0s', '--ttl is "0s": give a number with s, m, h or d'],
    ['--role operator --sub me --ttl 1w', '--ttl is "1w"'],
    ['--role operator --sub me --ttl 9999d', 'of at most 366d'],
    ['--rule operator', "Unknown option '--rule'"],
  ])('with "%s" says what would do, prints no token, and exits with 1', async (args, message) => {
    const { exitCode, stdout, stderr } = await token(args);
    expect([exitCode, stdout, stderr]).toEqual([1, '', expect.stringContaining(message)]);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it('signs with PANIER_JWT_SECRET where that is set, and says so where the key is elsewhere', async () => {
    const own = { PANIER_JWT_SECRET: 'of thirty-two bytes, or even more', PANIER_JWT_ISSUER: 'shop' };
    const { stdout } = await token('--role customer --sub ada', own);
    expect(claimsOf(stdout)['iss']).toBe('shop');
    const elsewhere = {
      PANIER_JWT_JWKS_URL: 'https://id.example/jwks',
      PANIER_JWT_ISSUER: 'id',
      PANIER_JWT_AUDIENCE: 'panier',
    };
    expect((await token('--role customer --sub ada', elsewhere)).stderr).toContain(
      'signed by whoever has the private key',
    );
  });
});

const bearer = async (more: Environment = {}) => {
  const { stdout } = await token('--role operator --sub me', more);
  return { authorization: `Bearer ${stdout.trim()}` };
};

describe('a panier without configuration', () => {
  let panier: ChildProcess;
  let said = '';
  let url = '';

  beforeAll(async () => {
    const env = {
      ...process.env,
      PANIER_DATA_DIR: dataDir,
      PORT: '0',
      PANIER_INVENTORY_PORT: '0',
      PANIER_OPS_PORT: '0',
      LOG_LEVEL: 'trace',
    };
    panier = spawn(process.execPath, ['src/cli/start.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [panier.stdout, panier.stderr])
      stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await eventually(() => {
      if (!said.includes('Ctrl-C stops.')) throw new Error(`panier has not started: ${said}`);
    }, 60_000);
    url = /http:\/\/localhost:\d+\/graphql/.exec(said)?.[0] ?? '';
  });
  afterAll(async () => {
    panier.kill('SIGTERM');
    await once(panier, 'exit');
  });

  const eventsWith = async (headers: Environment): Promise<string> => {
    const query = '{ events(first: 1) { edges { cursor } } }';
    const response = await fetch(`${url}?query=${encodeURIComponent(query)}`, { headers });
    return response.text();
  };

  it('says in a line who is signed in where', () => {
    const line =
      '  Signed in   there as development operator; elsewhere: npm run --silent token -- --role operator --sub NAME';
    expect(said.split('\n')).toContain(line);
  });

  it('takes the tokens of its data directory, and no others', async () => {
    expect(await eventsWith(await bearer())).toContain('"cursor"');
    expect(await eventsWith(await bearer({ PANIER_DATA_DIR: join(directory, 'other') }))).toContain('UNAUTHENTICATED');
    expect(await eventsWith({})).toContain('FORBIDDEN');
  });

  it('signs its page in, by a cookie that counts for that page', async () => {
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    const [cookie = ''] = page.headers.getSetCookie().map((each) => each.split(';')[0]);
    expect((await page.text()).length).toBeGreaterThan(1_000);
    expect(await eventsWith({ cookie, origin: new URL(url).origin })).toContain('"cursor"');
    expect(await eventsWith({ cookie, origin: 'http://localhost:1' })).toContain('FORBIDDEN');
  });

  it('logs no token, no cookie and no key, whatever its level', async () => {
    const { stdout } = await token('--role operator --sub me');
    const [page] = [await fetch(url, { headers: { accept: 'text/html' } })];
    const cookie = page.headers.getSetCookie()[0]?.split(/[=;]/)[1] ?? '';
    await eventsWith({ authorization: `Bearer ${stdout.trim()}` });
    await eventsWith({ authorization: `Bearer ${stdout.trim()}x` });
    const key = readFileSync(join(dataDir, 'token.key'), 'utf8').trim();
    const logs = [
      said,
      ...readdirSync(dataDir)
        .filter((name) => name.endsWith('.log'))
        .map((name) => readFileSync(join(dataDir, name), 'utf8')),
    ].join('\n');
    expect(logs.length).toBeGreaterThan(1_000);
    for (const secret of [stdout.trim(), cookie, key]) {
      expect(secret.length).toBeGreaterThan(40);
      expect(logs.includes(secret)).toBe(false);
      // Nor the part that makes it one.
      expect(logs.includes(secret.slice(-40))).toBe(false);
    }
  });
});
