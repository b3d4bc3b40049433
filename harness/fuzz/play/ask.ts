import { parse } from 'graphql';
import type { Lanes } from '../lanes/lanes.ts';
import type { Lane, Operation } from '../operation/operation.ts';
import { readReply } from '../oracle/reply.ts';
import { type Field, text } from '../value.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** An honest operation of the harness's own. */
export const operationOf = (document: string, variables: Readonly<Record<string, string>>, lane: Lane): Operation => ({
  index: -1,
  type: document.startsWith('mutation') ? 'mutation' : 'query',
  lane,
  viewer: null,
  text: document,
  document: parse(document),
  operationName: null,
  variables: Object.entries(variables).map(([name, value]): Field => [name, text(value)]),
  roots: [],
  drawn: NOTHING,
  hostile: NOTHING,
});

/** What an operator is answered. @throws when there is no data */
export const askOperator = async (
  lanes: Lanes,
  document: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, unknown>>> => {
  const { answers, closed } = await lanes.send(operationOf(document, variables, 'post'));
  const reply = readReply(answers[0] ?? '');
  if (reply.type === 'Reply' && reply.data && reply.errors.length === 0) return reply.data;
  throw new Error(`The harness's own question failed: ${document} ${closed ?? ''} ${answers[0] ?? ''}`);
};
