import { SCOPES, type Scope } from '../../../src/access/index.ts';
import { tokenOf } from '../../support/tokens.ts';
import type { ViewerName } from '../viewers.ts';

/** Whose tokens the stage has, besides those that it signs: visitors have theirs of panier. */
export interface Visitors {
  readonly visitor: string;
  readonly anotherVisitor: string;
}

const scopesOf = (scope: Scope | null, has: boolean): readonly Scope[] => {
  if (has) return scope === null ? [] : [scope];
  return SCOPES.filter((each) => each !== scope);
};

/** What a viewer shows who asks for what takes this scope; null: nothing. */
export const tokenFor = async (
  viewer: ViewerName,
  scope: Scope | null,
  { visitor, anotherVisitor }: Visitors,
): Promise<string | null> => {
  const signed = (role: 'service' | 'operator', has: boolean) =>
    tokenOf({ role, subject: `${role} ${has ? 'with' : 'without'}`.replace(' ', '-'), scopes: scopesOf(scope, has) });
  const tokens: Readonly<Record<ViewerName, () => string | null | Promise<string>>> = {
    nobody: () => null,
    'the visitor': () => visitor,
    'another visitor': () => anotherVisitor,
    'the customer': () => tokenOf({ role: 'customer', subject: 'ada' }),
    'another customer': () => tokenOf({ role: 'customer', subject: 'bob' }),
    'service with it': () => signed('service', true),
    'service without': () => signed('service', false),
    'operator with it': () => signed('operator', true),
    'operator without': () => signed('operator', false),
  };
  return tokens[viewer]();
};
