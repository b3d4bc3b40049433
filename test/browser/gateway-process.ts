import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { TOKEN_ENVIRONMENT } from '../../harness/support/tokens.ts';
import { freePort } from '../../src/servers/index.ts';
import type { TestPanier } from '../e2e/panier.ts';

/** A gateway in a process of its own, on the servers of a panier: one that can be killed. */
export interface GatewayProcess extends AsyncDisposable {
  readonly url: string;
  /** SIGKILL; resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Starts it again, where it was. */
  readonly restart: () => Promise<void>;
}

const spawned = async (environment: Readonly<Record<string, string>>): Promise<ChildProcess> => {
  const child = spawn(process.execPath, ['src/cli/start.ts'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const text of child.stdout.setEncoding('utf8'))
    if (String(text).includes('panier is running')) return child;
  throw new Error('The gateway did not start.');
};

const killed = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

export const startGateway = async ({ databaseUrl, redisServer }: TestPanier): Promise<GatewayProcess> => {
  const port = String(await freePort());
  const environment = {
    ...TOKEN_ENVIRONMENT,
    PATH: process.env['PATH'] ?? '',
    PORT: port,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisServer.url,
    PANIER_ROLES: 'gateway',
    // Its usual port may be taken: by a panier that somebody looks at meanwhile.
    PANIER_OPS_PORT: 'off',
    LOG_LEVEL: 'fatal',
  };
  let child = await spawned(environment);
  return {
    url: `http://127.0.0.1:${port}`,
    kill: () => killed(child),
    restart: async () => {
      child = await spawned(environment);
    },
    [Symbol.asyncDispose]: () => killed(child),
  };
};
