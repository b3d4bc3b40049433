import { type DocumentNode, OperationTypeNode } from 'graphql';
import type { Field } from '../value.ts';

/** The ways on which an operation goes to panier. */
export const LANES = ['post', 'get', 'sse', 'ws'] as const;
export type Lane = (typeof LANES)[number];

export type OperationType = 'query' | 'mutation' | 'subscription';

export const NODE_TYPES: Readonly<Record<OperationType, OperationTypeNode>> = {
  query: OperationTypeNode.QUERY,
  mutation: OperationTypeNode.MUTATION,
  subscription: OperationTypeNode.SUBSCRIPTION,
};

/** One operation, ready to be sent. */
export interface Operation {
  readonly index: number;
  readonly type: OperationType;
  readonly lane: Lane;
  /** A customer's id; null for an operator. */
  readonly viewer: string | null;
  /** The document as it is sent: not always what a parser would take. */
  readonly text: string;
  /** The same, parsed; null when it is no document. */
  readonly document: DocumentNode | null;
  readonly operationName: string | null;
  readonly variables: readonly Field[];
  /** The fields of the root type, as `Query.cart`. */
  readonly roots: readonly string[];
  readonly drawn: ReadonlySet<string>;
  /** Kinds of hostile values in it, and ways in which it was spoilt. */
  readonly hostile: ReadonlySet<string>;
}
