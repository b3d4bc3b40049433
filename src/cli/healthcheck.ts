// For whoever looks after a container: exit code 0 while this process serves, and what it says of itself.
import { readProcessConfig } from '../platform/index.ts';
import { explain } from './explain.ts';

const TIMEOUT_MS = 4_000;

const check = async (): Promise<boolean> => {
  const { ops } = readProcessConfig();
  if (ops === null) throw new Error('PANIER_OPS_PORT is off, and readiness is asked there: give it a port.');
  const ask = (path: string) =>
    fetch(`http://127.0.0.1:${ops.port}${path}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  // Not by all that is ready: engines end what is unhealthy, or send it nobody, and it would be all gateways at once.
  const [serving, ready] = await Promise.all([ask('/readyz/serving'), ask('/readyz')]);
  console.log(await serving.text(), await ready.text());
  return serving.ok;
};

try {
  process.exitCode = (await check()) ? 0 : 1;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
