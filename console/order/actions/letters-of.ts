import type { Client } from '@urql/core';
import { answerOf } from '../../../ui/client/answer-of.ts';
import { OrderDeadLetters, type OrderDeadLettersQuery } from '../../../ui/generated/operations.ts';

export type Letter = OrderDeadLettersQuery['deadLetters']['edges'][number]['node'];

/** More are looked through on the page of dead letters. */
const MAX_PAGES = 10;
const NAMING = new Set(['correlation_id', 'aggregate_id', 'data']);

const isAbout = ({ fields }: Letter, orderId: string): boolean =>
  fields.some(({ name, value }) => NAMING.has(name) && (value === orderId || value.includes(`"${orderId}"`)));

const pageAfter = async (client: Client, after: string | null): Promise<OrderDeadLettersQuery['deadLetters']> =>
  answerOf(await client.query(OrderDeadLetters, { after })).deadLetters;

/** The open dead letters whose entries name this order, in the order in which they were given up. @throws where one page cannot be read */
export const lettersOf = async (client: Client, orderId: string): Promise<readonly Letter[]> => {
  const found: Letter[] = [];
  let after: string | null = null;
  for (let nth = 0; nth < MAX_PAGES; nth += 1) {
    const page: OrderDeadLettersQuery['deadLetters'] = await pageAfter(client, after);
    found.push(...page.edges.map(({ node }) => node).filter((letter) => isAbout(letter, orderId)));
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) break;
  }
  return found;
};
