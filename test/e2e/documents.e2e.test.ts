import { describe, expect, it } from 'vitest';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { fillDemoCatalogue } from '../../src/cli/demo-catalogue.ts';
import { type Example, examplesOf, steady, toldBy } from '../docs/examples.ts';
import { documentAt } from '../docs/markdown.ts';
import { startPanier } from './panier.ts';

const headers = (accept: string) => ({ ...AS_OPERATOR, accept, 'content-type': 'application/json' });

/** What the operation is answered with: one answer, or all that its subscription gives until it completes. */
const answersTo = async (url: string, operation: string, told: ReadonlyMap<string, string>) => {
  const isLive = operation.startsWith('subscription');
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: headers(isLive ? 'text/event-stream' : 'application/json'),
    body: JSON.stringify({ query: operation, variables: Object.fromEntries(told) }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  const answers = isLive ? [...text.matchAll(/^event: next\ndata: (.*)$/gm)].map(({ 1: data = '' }) => data) : [text];
  return answers.map((answer): unknown => JSON.parse(answer));
};

const withoutStep = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === 'step' ? null : value)));

/** How many updates come before the last depends on how late one subscribes; to an end, there led no step that one saw. */
const compare = ({ operation, answers, line }: Example, given: readonly unknown[]): void => {
  const shown = given.length === 1 ? withoutStep(answers.at(-1)) : answers.at(-1);
  expect(steady(given.at(-1)), `line ${line}: ${operation}`).toEqual(steady(shown));
};

describe.each(['README.md', 'docs/api.md'])('%s', (path) => {
  it('shows what a panier answers, from top to bottom', async () => {
    await using panier = await startPanier();
    await fillDemoCatalogue(panier.panier);
    const told = new Map<string, string>();
    const examples = examplesOf(documentAt(path));
    expect(examples.length).toBeGreaterThan(3);
    for (const example of examples) {
      const given = await answersTo(panier.url, example.operation, told);
      compare(example, given);
      toldBy(given, told);
    }
  });
});
