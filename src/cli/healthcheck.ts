// For whoever looks after a container: exit code 0 when this process's roles are ready, and what they say.
import { readProcessConfig } from '../platform/index.ts';
import { explain } from './explain.ts';

const TIMEOUT_MS = 4_000;

const check = async (): Promise<boolean> => {
  const { ops } = readProcessConfig();
  if (ops === null) throw new Error('PANIER_OPS_PORT is off, and readiness is asked there: give it a port.');
  const response = await fetch(`http://127.0.0.1:${ops.port}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  console.log(await response.text());
  return response.ok;
};

try {
  process.exitCode = (await check()) ? 0 : 1;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
