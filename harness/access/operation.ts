import type { Scope } from '../../src/access/index.ts';
import type { Things } from './things.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** What an answer comes to for who asked. */
export type Outcome = 'ok' | 'null' | 'not listed' | 'NOT_FOUND' | 'FORBIDDEN' | 'UNAUTHENTICATED';

/** Something to ask for, of one field of the root types. */
export interface Operation {
  /** The field: `Query.cart`. */
  readonly field: `${'Query' | 'Mutation' | 'Subscription'}.${string}`;
  /** What it is asked with, where a field is asked in several ways. */
  readonly how?: string;
  readonly document: string;
  /** Of what it is asked: what belongs to somebody is asked for by everybody. */
  readonly about: 'what is owned' | 'a dead letter' | 'a webhook endpoint' | 'a run of upkeep' | 'all';
  /** How it is answered about what is not reached. */
  readonly notReached: 'null' | 'not listed' | 'NOT_FOUND';
  /** The scope that reaches everybody's, where the field itself does not say so. */
  readonly scope?: Scope;
  readonly variables: (things: Things) => Variables | Promise<Variables>;
}
