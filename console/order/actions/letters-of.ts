import type { Client } from '@urql/core';
import { OrderDeadLetters, type OrderDeadLettersQuery } from '../../../ui/generated/operations.ts';

export type Letter = OrderDeadLettersQuery['deadLetters']['edges'][number]['node'];

/** More are looked through on the page of dead letters. */
const MAX_PAGES = 10;
const NAMING = new Set(['correlation_id', 'aggregate_id', 'data']);

const isAbout = ({ fields }: Letter, orderId: string): boolean =>
  fields.some(({ name, value }) => NAMING.has(name) && (value === orderId || value.includes(`"${orderId}"`)));

const pageAfter = async (client: Client, after: string | null): Promise<OrderDeadLettersQuery['deadLetters'] | null> =>
  (await client.query(OrderDeadLetters, { after }).toPromise()).data?.deadLetters ?? null;

/** The open dead letters whose entries name this order, in the order in which they were given up. */
export const lettersOf = async (client: Client, orderId: string): Promise<readonly Letter[]> => {
  const found: Letter[] = [];
  let after: string | null = null;
  for (let nth = 0; nth < MAX_PAGES; nth += 1) {
    const page = await pageAfter(client, after);
    if (page === null) break;
    found.push(...page.edges.map(({ node }) => node).filter((letter) => isAbout(letter, orderId)));
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) break;
  }
  return found;
};
