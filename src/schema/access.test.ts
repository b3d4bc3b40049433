import { type GraphQLField, type GraphQLObjectType, getNamedType, isLeafType, isNonNullType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { NOBODY, SCOPES, type Scope, type Viewer } from '../access/index.ts';
import { accessOf } from './access.ts';
import { schema } from './schema.ts';
import { memoryModules } from './testing/memory-modules.ts';
import { customer, run } from './testing/run.ts';

type Field = GraphQLField<unknown, unknown>;

const fieldsOf = (root: GraphQLObjectType | null | undefined): readonly Field[] =>
  Object.values(root?.getFields() ?? {});
const queries = fieldsOf(schema.getQueryType());
const roots = [...queries, ...fieldsOf(schema.getMutationType()), ...fieldsOf(schema.getSubscriptionType())];

const VALUES: Readonly<Record<string, string>> = { Int: '1', ID: '"x"', String: '"x"' };

/** The field with what it cannot be asked without. */
const asked = ({ name, args, type }: Field): string => {
  const needed = args.filter((each) => isNonNullType(each.type) && each.defaultValue === undefined);
  const given = needed.map((each) => `${each.name}: ${VALUES[getNamedType(each.type).name]}`).join(', ');
  return `{ ${name}${given === '' ? '' : `(${given})`}${isLeafType(getNamedType(type)) ? '' : ' { __typename }'} }`;
};

const codesOf = async (document: string, viewer: Viewer): Promise<readonly unknown[]> => {
  const { errors = [] } = await run(memoryModules(), { document, viewer });
  return errors.map(({ extensions }) => extensions['code']);
};

const serviceWith = (...scopes: readonly Scope[]): Viewer => ({
  kind: 'Service',
  subject: 's',
  scopes: new Set(scopes),
});
const serviceWithout = (scope: Scope): Viewer => serviceWith(...SCOPES.filter((each) => each !== scope));

const forHolders = queries.flatMap((field) => {
  const access = accessOf(field);
  return access.of === 'Holders' ? [[asked(field), access.scope] as const] : [];
});
const forOwners = queries.filter((field) => accessOf(field).of === 'Owners').map(asked);

describe('a field of the root types', () => {
  it('says who may ask for it: without that there is no schema', () => {
    expect(roots.map(accessOf)).toHaveLength(roots.length);
    const [field] = roots;
    expect(() => accessOf({ name: field?.name ?? '', extensions: {} })).toThrow('does not say who may ask for it');
  });

  it.each(forHolders)('is for who has the scope: %s %s', async (document, scope) => {
    for (const viewer of [NOBODY, customer('ada'), serviceWith(), serviceWithout(scope)])
      expect(await codesOf(document, viewer)).toEqual(['FORBIDDEN']);
    expect(await codesOf(document, serviceWith(scope))).not.toContain('FORBIDDEN');
  });

  it.each(forOwners)('is for who can own something, or may read all: %s', async (document) => {
    expect(await codesOf(document, NOBODY)).toEqual(['UNAUTHENTICATED']);
    expect(await codesOf(document, serviceWithout('orders:read'))).toEqual(['FORBIDDEN']);
    for (const viewer of [
      customer('ada'),
      { kind: 'Visitor', visitorId: 'visit_1' } as const,
      serviceWith('orders:read'),
    ])
      expect(await codesOf(document, viewer)).toEqual([]);
  });

  it('says in its description which scope it takes', () => {
    const named = roots.map(
      ({ description }) => /scope (?<scope>[a-z]+(?::[a-z]+)?)/.exec(description ?? '')?.groups?.['scope'],
    );
    const taken = roots.map(accessOf).map((access) => ('scope' in access ? access.scope : undefined));
    expect(named).toEqual(taken);
  });
});
