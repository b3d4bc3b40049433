import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Reply } from './reply.ts';
import { walkAnswer } from './walk.ts';

/** They lead on to what goes on changing: a command's answer is kept, what it names is looked up. */
const LEADS_ON: ReadonlySet<string> = new Set([
  'Cart.order',
  'CartItem.product',
  'OrderLine.product',
  'Order.steps',
  'LineChange.product',
]);

interface Answered {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly reply: Reply;
}

/** What a command was answered, in lines, without what it only leads on to: the same for the same key, for ever. */
export const keptOf = ({ schema, document, reply }: Answered): readonly string[] => {
  if (reply.type === 'Malformed') return [reply.why];
  const lines: string[] = reply.errors.map(({ code }) => `error ${code}`);
  walkAnswer({ schema, document, data: reply.data }, ({ path, value }) => {
    const isLeaf = typeof value !== 'object' || value === null;
    if (isLeaf && !path.some((field) => LEADS_ON.has(field)))
      lines.push(`${path.join(' ')} = ${JSON.stringify(value)}`);
  });
  return lines;
};

/** The first line in which two answers differ; null when they are the same. */
export const differenceOf = (first: readonly string[], second: readonly string[]): string | null => {
  const at = first.findIndex((line, index) => line !== second[index]);
  if (at >= 0) return `first ${first[at]}, then ${second[at] ?? 'nothing'}`;
  return second.length > first.length ? `first nothing, then ${second[first.length]}` : null;
};
