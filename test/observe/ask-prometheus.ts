import { sleep } from '../../src/platform/index.ts';

const WITHIN_MS = 30_000;
const PAUSE_MS = 200;

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** What Grafana puts in. */
const filled = (expr: string): string =>
  expr.replaceAll('$__rate_interval', '2m').replaceAll('$job', 'panier').replaceAll('$instance', '.*');

/** Questions to a Prometheus, as Grafana asks them. */
export const openQuestions = (url: string) => {
  const asked = async (expr: string): Promise<readonly Series[]> => {
    const body = new URLSearchParams({ query: expr });
    const response = await fetch(`${url}/api/v1/query`, { method: 'POST', body });
    const answer = (await response.json()) as {
      readonly error?: string;
      readonly data?: { readonly result: readonly Series[] };
    };
    if (answer.data === undefined) throw new Error(`${expr}: ${answer.error}`);
    return answer.data.result;
  };

  /** Which of these expressions give no series with a number in it. */
  const without = async (exprs: readonly string[]): Promise<readonly string[]> => {
    const answers = await Promise.all(exprs.map(async (expr) => [expr, await asked(filled(expr))] as const));
    return answers.flatMap(([expr, series]) => (series.some(({ value: [, text] }) => text !== 'NaN') ? [] : [expr]));
  };

  /** Which of them still give none when there has been time. */
  const stillWithout = async (exprs: readonly string[]): Promise<readonly string[]> => {
    const deadline = performance.now() + WITHIN_MS;
    let missing = exprs;
    while (missing.length > 0 && performance.now() < deadline) {
      missing = await without(missing);
      if (missing.length > 0) await sleep(PAUSE_MS);
    }
    return missing;
  };

  return { asked: (expr: string) => asked(filled(expr)), stillWithout };
};

export type Questions = ReturnType<typeof openQuestions>;
