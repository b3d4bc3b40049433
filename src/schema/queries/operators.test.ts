import { type GraphQLField, getNamedType, isInterfaceType, isNonNullType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../schema.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { customer, run } from '../testing/run.ts';

type Field = GraphQLField<unknown, unknown>;

const fields: readonly Field[] = Object.values(schema.getQueryType()?.getFields() ?? {});
const ofOperators = fields.filter(({ description }) => description?.startsWith('Operators: '));

const VALUES: Readonly<Record<string, string>> = { Int: '1', ID: '"x"', String: '"x"' };

/** The field with what it cannot be asked without. */
const asked = ({ name, args, type }: Field): string => {
  const needed = args.filter((each) => isNonNullType(each.type) && each.defaultValue === undefined);
  const given = needed.map((each) => `${each.name}: ${VALUES[getNamedType(each.type).name]}`).join(', ');
  const named = getNamedType(type);
  const selection = isObjectType(named) || isInterfaceType(named) ? ' { __typename }' : '';
  return `{ ${name}${given === '' ? '' : `(${given})`}${selection} }`;
};

describe('a query for operators', () => {
  it('is one of several, told by its description', () => {
    expect(ofOperators.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['deadLetters', 'events', 'stuckOrders']),
    );
  });

  it.each(ofOperators.map((field) => asked(field)))('is refused to customers: %s', async (document) => {
    const { errors, data } = await run(memoryModules(), { document, viewer: customer('ada') });
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
    expect(data).toBeNull();
  });
});
