import type { Random } from '../../support/random.ts';
import { type Field, list, NULL, number, object, text } from '../value.ts';
import type { Operation } from './operation.ts';

type Way = (operation: Operation, random: Random) => Partial<Operation>;

/** A change of the text, after which nobody says what it is. */
const retold = (change: (text: string, random: Random) => string): Way => {
  return (operation, random) => ({ text: change(operation.text, random), document: null });
};

const cut = (given: string, random: Random): string => given.slice(0, random.integer(0, given.length));

const replaceOne = (given: string, pattern: RegExp, by: string): string => given.replace(pattern, by);

const withField = (operation: Operation, field: Field): Partial<Operation> => ({
  variables: [...operation.variables, field],
});

const nestedInput = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const inFirstVariable = (operation: Operation, extra: Field): Partial<Operation> => ({
  variables: operation.variables.map(([name, value], index): Field => {
    if (index > 0 || value.type !== 'Object') return [name, value];
    return [name, object([...value.fields, extra])];
  }),
});

/** How an operation is made slightly wrong, by name. */
const WAYS: Readonly<Record<string, Way>> = {
  unknownField: retold((given) => replaceOne(given, /\{\n/, '{\n  nothingLikeThis\n')),
  unknownArgument: retold((given) => replaceOne(given, /\(/, '(nothing: 1, ')),
  unknownDirective: retold((given) => replaceOne(given, /\{/, '@nothing {')),
  unknownType: retold((given) => replaceOne(given, /on [A-Z]\w+/, 'on Nothing')),
  cut: retold(cut),
  noDocument: retold((_given, random) => random.pick(['', ' ', '{', '}', '\u0000', '\ufeff', '{}', 'null', '🚲', '#'])),
  introspection: retold((_given, random) =>
    random.pick(['{ __typename }', '{ __schema { types { name } } }', '{ __type(name: "__proto__") { name } }']),
  ),
  escapes: retold((given, random) =>
    replaceOne(
      given,
      /"[^"]*"/,
      random.pick(['"\\ud800"', '"\\udc00x"', '"\\u{110000}"', '"\\u0000"', '"""\\"""', '"\\x"']),
    ),
  ),
  twice: retold((given) => `${given}\n${given}`),
  circular: retold((given) => `${given}\nfragment Round on Query { ...Round }`),
  deepSelection: retold((_given, random) => '{ a '.repeat(random.pick([50, 1_000, 10_000]))),
  deepValue: retold((_given, random) => `{ nodes(ids: ${nestedInput(random.pick([50, 1_000, 10_000]))}) { id } }`),
  numbers: retold((given, random) =>
    replaceOne(given, /: \d+/, random.pick([': 00', ': 1e', ': 1e999', ': 1_0', ': -'])),
  ),
  otherName: () => ({ operationName: 'SomebodyElse' }),
  extraVariable: (operation) => withField(operation, ['nothing', number(1)]),
  prototypeVariable: (operation) => withField(operation, ['__proto__', object([['v0', text('x')]])]),
  constructorVariable: (operation) => withField(operation, ['constructor', NULL]),
  missingVariable: ({ variables }) => ({ variables: variables.slice(1) }),
  wrongVariable: ({ variables }) => ({ variables: variables.map(([name]): Field => [name, list([object([])])]) }),
  extraInput: (operation) => inFirstVariable(operation, ['nothing', text('x')]),
  prototypeInput: (operation) => inFirstVariable(operation, ['__proto__', object([['isAdmin', number(1)]])]),
  missingInput: ({ variables }) => ({
    variables: variables.map(
      ([name, value]): Field => (value.type === 'Object' ? [name, object(value.fields.slice(1))] : [name, value]),
    ),
  }),
  viewer: (_operation, random) => ({ viewer: random.pick(['', ' ', 'zo\u00eb', 'x'.repeat(201), '__proto__', 'a b']) }),
};

export const SPOILT_WAYS: readonly string[] = Object.keys(WAYS);

/** The operation with one thing wrong about its form. */
export const spoil = (operation: Operation, random: Random): Operation => {
  const way = random.pick(SPOILT_WAYS);
  const change = WAYS[way]?.(operation, random) ?? {};
  return { ...operation, ...change, hostile: new Set([...operation.hostile, `spoilt: ${way}`]) };
};
