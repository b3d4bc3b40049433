import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../access/index.ts';
import { MAX_ARGUMENT } from './bounded-arguments.ts';
import { schema } from './schema.ts';
import { memoryModules } from './testing/memory-modules.ts';
import { customer, follow, OPERATOR, run } from './testing/run.ts';

/** Where an argument takes a text: `Query.events.filter.types`, and the argument's value that has that text there. */
interface Place {
  readonly name: string;
  readonly root: string;
  readonly document: string;
  readonly valueOf: (text: string) => unknown;
}

const isText = (type: GraphQLInputType): boolean => ['ID', 'String'].includes(getNamedType(type).name);

const inList = (type: GraphQLInputType, value: unknown): unknown =>
  isListType(getNullableType(type)) ? ['a', value] : value;

/** What the other arguments are given, which are required. */
const sensible = ({ name, type }: GraphQLArgument): string =>
  JSON.stringify(getNamedType(type).name === 'Int' ? 1 : inList(type, name === 'id' ? 'cart_1' : 'a'));

const documentOf = (kind: string, field: GraphQLField<unknown, unknown>, arg: GraphQLArgument): string => {
  const others = field.args
    .filter((other) => other !== arg && isRequiredArgument(other))
    .map((other) => `${other.name}: ${sensible(other)}`);
  const selection = isCompositeType(getNamedType(field.type)) ? '{ __typename }' : '';
  return `${kind} ($value: ${String(arg.type)}) { ${field.name}(${[...others, `${arg.name}: $value`].join(', ')}) ${selection} }`;
};

type Inner = readonly [path: string, valueOf: Place['valueOf']];

const innersOf = ({ name, type }: GraphQLArgument): readonly Inner[] => {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return isText(type) ? [[name, (text) => inList(type, text)]] : [];
  return Object.values(named.getFields())
    .filter((field) => isText(field.type))
    .map((field) => [`${name}.${field.name}`, (text) => ({ [field.name]: inList(field.type, text) })]);
};

const ROOTS: Readonly<Record<string, string>> = { Query: 'query', Mutation: 'mutation', Subscription: 'subscription' };

/** All but the inputs of commands: test/door tries those. */
const places: readonly Place[] = Object.entries(ROOTS).flatMap(([root, kind]) => {
  const type = schema.getType(root);
  if (!isObjectType(type)) throw new Error(`${root} is no object type`);
  return Object.values(type.getFields()).flatMap((field) =>
    field.args
      .filter(({ name }) => root !== 'Mutation' || name !== 'input')
      .flatMap((arg) =>
        innersOf(arg).map(([path, valueOf]) => ({
          name: `${root}.${field.name}.${path}`,
          root,
          document: documentOf(kind, field, arg),
          valueOf,
        })),
      ),
  );
});

/** Who may ask for it. */
const viewerOf = ({ name }: Place): Viewer => (name.startsWith('Mutation.claimCarts.') ? customer('ada') : OPERATOR);

const answerTo = async (place: Place, text: string) => {
  const { root, document, valueOf } = place;
  const operation = { document, variables: { value: valueOf(text) }, viewer: viewerOf(place) };
  if (root !== 'Subscription') return (await run(memoryModules(), operation)).errors?.[0];
  return follow(memoryModules(), operation).then(
    () => undefined,
    (error: unknown) => error,
  );
};

const refusal = (message: RegExp) => ({
  extensions: { code: 'BAD_USER_INPUT' },
  message: expect.stringMatching(message) as string,
});

describe('an argument that takes a text', () => {
  it('is found wherever the schema has one', () => {
    const names = places.map(({ name }) => name);
    for (const name of ['Query.nodes.ids', 'Query.events.filter.types', 'Subscription.orderStatus.after'])
      expect(names).toContain(name);
    expect(names.length).toBeGreaterThan(30);
    const elsewhere = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith('__') && !(type.name in ROOTS))
      .flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : []))
      .filter(({ args }) => args.some((arg) => innersOf(arg).length > 0));
    expect(elsewhere).toEqual([]);
  });

  it.each(places)('is bounded: $name', async (place) => {
    for (const character of ['x', '\u{1f6b2}'])
      expect(await answerTo(place, character.repeat(MAX_ARGUMENT + 1))).toMatchObject(
        refusal(/ has at most 1000 characters\.$/),
      );
  });

  it.each(places)('takes no control character and no half of a surrogate pair: $name', async (place) => {
    const noText = / has a control character, such as NUL, or half of a surrogate pair/;
    for (const text of ['a\0', '\u001b[2J', 'a\nb', '\u0085', '\ud800x', 'x\udc00'])
      expect(await answerTo(place, text)).toMatchObject(refusal(noText));
  });

  it('names what is wrong', async () => {
    const document = 'query ($filter: EventFilter) { events(filter: $filter) { __typename } }';
    const variables = { filter: { types: ['OrderCreated', 'a\0'] } };
    const { errors } = await run(memoryModules(), { document, variables });
    expect(errors?.[0]?.message).toMatch(/^filter\.types\[1\] has a control character/);
    expect(errors?.[0]?.extensions).toMatchObject({ path: ['filter', 'types', '1'] });
    expect(errors?.[0]?.path).toEqual(['events']);
  });
});
