import { sleep } from '../../../src/platform/index.ts';
import { answerTo } from '../operator.ts';

const PAUSE_MS = 100;
const SOLD = 'query { products(first: 100) { edges { node { id sold } } } }';

interface Shown {
  readonly products: { readonly edges: readonly { readonly node: { readonly id: string; readonly sold: number } }[] };
}

/** What the API shows to have been sold of each product. */
export const soldByProduct = async (url: string): Promise<ReadonlyMap<string, number>> => {
  const { products } = await answerTo<Shown>(url, SOLD);
  return new Map(products.edges.map(({ node }) => [node.id, node.sold]));
};

export interface Seen {
  readonly answers: number;
  /** Answers that lacked a product, and questions without an answer. */
  readonly gaps: readonly string[];
  readonly slowestMs: number;
}

/** Asks for all products again and again until the signal; whatever an answer lacks is a gap. */
export const spectate = async (url: string, products: number, signal: AbortSignal): Promise<Seen> => {
  const gaps: string[] = [];
  let [answers, slowestMs] = [0, 0];
  while (!signal.aborted) {
    const askedAt = performance.now();
    const shown = await soldByProduct(url).catch((error: unknown) => String(error));
    slowestMs = Math.max(slowestMs, performance.now() - askedAt);
    answers += 1;
    if (typeof shown === 'string') gaps.push(shown);
    else if (shown.size !== products) gaps.push(`${shown.size} of ${products} products were shown`);
    await sleep(PAUSE_MS, signal);
  }
  return { answers, gaps, slowestMs };
};
