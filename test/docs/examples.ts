import type { Block, Document } from './markdown.ts';

/** An operation of a document, and the answers that are shown beside it: one, or those of a subscription. */
export interface Example {
  readonly operation: string;
  readonly answers: readonly unknown[];
  readonly line: number;
}

const answersIn = (text: string): readonly unknown[] => {
  const lines = text.trimEnd().split('\n');
  const isOneALine = lines.length > 1 && lines.every((line) => line.startsWith('{') && line.endsWith('}'));
  return (isOneALine ? lines : [text]).map((each): unknown => JSON.parse(each));
};

/** Every block of GraphQL that a block of JSON follows, in the order of the document. */
export const examplesOf = ({ blocks }: Document): readonly Example[] =>
  blocks.flatMap((block: Block, index) => {
    const next = blocks[index + 1];
    if (block.language !== 'graphql' || next?.language !== 'json') return [];
    return [{ operation: block.text, answers: answersIn(next.text), line: block.line }];
  });

const ID = /^(cart|order|event|visit)_[\da-z]+$/;
/** Of a cart, and its number there. */
const ITEM_ID = /^item_[\da-z]+(?=\/)/;
const OPAQUE = new Set(['consistencyToken', 'cursor', 'endCursor', 'expiresAt', 'startCursor', 'token']);

/** An answer with a mark in place of what differs from run to run: ids, tokens and cursors. */
export const steady = (value: unknown, name = ''): unknown => {
  if (Array.isArray(value)) return value.map((each) => steady(each));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, steady(each, key)]));
  if (typeof value !== 'string') return value;
  if (OPAQUE.has(name)) return '…';
  return value.replace(ID, '$1_…').replace(ITEM_ID, 'item_…');
};

/** What later operations of a document are given in their variables, by name: the newest that an answer told. */
export const toldBy = (value: unknown, told: Map<string, string>): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    const kind = typeof each === 'string' && name === 'id' ? ID.exec(each)?.[1] : undefined;
    if (typeof each === 'string' && kind !== undefined) told.set(kind, each);
    if (typeof each === 'string' && name === 'consistencyToken') told.set('token', each);
    toldBy(each, told);
  }
};
