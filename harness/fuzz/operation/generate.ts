import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  parseType,
  print,
  type VariableDefinitionNode,
} from 'graphql';
import { Random } from '../../support/random.ts';
import type { Draws } from '../draw/draw-input.ts';
import type { Pool } from '../draw/pool.ts';
import { type Field, literalOf, type Value } from '../value.ts';
import { LANES, type Lane, NODE_TYPES, type Operation, type OperationType } from './operation.ts';
import { type Selecting, selectField } from './select.ts';
import { spoil } from './spoil.ts';
import { type Target, targetAt } from './target.ts';

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;

/** What becomes part of the document while its selections are made. */
interface Draft {
  readonly variables: Field[];
  readonly definitions: VariableDefinitionNode[];
  readonly fragments: FragmentDefinitionNode[];
}

const HONEST = 0;
const ODD = 0.15;
const WILD = 0.5;

const hostilityOf = (random: Random): number => {
  const luck = random.next();
  if (luck < 0.5) return HONEST;
  return luck < 0.9 ? ODD : WILD;
};

const typeOf = (random: Random): OperationType => {
  const luck = random.next();
  if (luck < 0.06) return 'subscription';
  return luck < 0.55 ? 'mutation' : 'query';
};

const rootOf = (schema: GraphQLSchema, type: OperationType): GraphQLObjectType => {
  const root = schema.getRootType(NODE_TYPES[type]);
  if (!root) throw new Error(`The schema has no ${type}.`);
  return root;
};

/** A query by GET is the only kind that GET may carry; a subscription needs a lane that streams. */
const laneOf = (type: OperationType, random: Random): Lane => {
  const luck = random.pick(LANES);
  if (type === 'subscription') return random.pick(['sse', 'ws']);
  return luck === 'get' && type === 'mutation' && random.chance(0.95) ? 'post' : luck;
};

const viewerOf = (random: Random): string | null => (random.chance(0.6) ? null : `customer-${random.integer(1, 4)}`);

/** Values go into the document or beside it, as luck has it. */
const writing = (draft: Draft, random: Random): Selecting['write'] => {
  const asVariables = random.pick([0, 0.5, 1]);
  return (value: Value, typeName: string) => {
    if (!random.chance(asVariables)) return literalOf(value);
    const variable = `v${draft.variables.length}`;
    draft.variables.push([variable, value]);
    draft.definitions.push({
      kind: Kind.VARIABLE_DEFINITION,
      variable: { kind: Kind.VARIABLE, name: name(variable) },
      type: parseType(typeName),
    });
    return { kind: Kind.VARIABLE, name: name(variable) };
  };
};

const selecting = (schema: GraphQLSchema, draws: Draws, draft: Draft): Selecting => ({
  schema,
  draws,
  aliases: 'Some',
  write: writing(draft, draws.random),
  fragment: (typeName, selectionSet) => {
    const fragment = `Part${draft.fragments.length}`;
    draft.fragments.push({
      kind: Kind.FRAGMENT_DEFINITION,
      name: name(fragment),
      typeCondition: { kind: Kind.NAMED_TYPE, name: name(typeName) },
      selectionSet,
    });
    return fragment;
  },
});

interface Wanted {
  readonly type: OperationType;
  /** The field of the root type; null when any will do. */
  readonly field: string | null;
}

type RootField = GraphQLField<unknown, unknown>;

const rootFields = (
  root: GraphQLObjectType,
  { random, target }: Draws,
  wanted: string | null,
): readonly RootField[] => {
  const all = Object.values(root.getFields());
  const named = all.filter((field) => field.name === wanted);
  if (target !== null) return named;
  const isSingle = root.name === 'Subscription' || !random.chance(0.12);
  return Array.from({ length: isSingle ? 1 : random.integer(2, 4) }, () => random.pick(all));
};

const documentOf = (schema: GraphQLSchema, { type, field: wanted }: Wanted, draws: Draws) => {
  const draft: Draft = { variables: [], definitions: [], fragments: [] };
  const root = rootOf(schema, type);
  const fields = rootFields(root, draws, wanted);
  const count = fields.length;
  const parts = selecting(schema, draws, draft);
  const selections = fields.map((field, index) =>
    selectField({ parent: root.name, field, alias: count === 1 ? null : `f${index}`, depth: 0 }, parts),
  );
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: NODE_TYPES[type],
        name: name('Fuzz'),
        variableDefinitions: draft.definitions,
        selectionSet: { kind: Kind.SELECTION_SET, selections },
      },
      ...draft.fragments,
    ],
  };
  return { document, variables: draft.variables, roots: fields.map((field) => `${root.name}.${field.name}`) };
};

/** How often an operation is spoilt in its form, too. */
const SPOILT = 0.08;

export interface Generator {
  readonly schema: GraphQLSchema;
  readonly targets: readonly Target[];
  readonly seed: number;
  readonly pool: Pool;
}

/** Every other operation has a target. */
const targetOf = ({ targets, seed }: Generator, index: number): Target | null =>
  index % 2 === 0 ? targetAt(targets, seed, index / 2) : null;

/** The operation with that number of that seed. What the pool holds changes values in it, never its shape. */
export const generate = (generator: Generator, index: number): Operation => {
  const { schema, seed, pool } = generator;
  const random = new Random(seed).named(`operation ${index}`);
  const target = targetOf(generator, index);
  const type = target?.type ?? typeOf(random);
  const lane = laneOf(type, random);
  const viewer = viewerOf(random);
  const spoils = target === null && random.chance(SPOILT);
  const hostility = target === null ? hostilityOf(random) : HONEST;
  const draws: Draws = { random, pool, hostility, target, drawn: new Set<string>(), hostile: new Set<string>() };
  const { document, ...made } = documentOf(schema, { type, field: target?.field ?? null }, draws);
  const { drawn, hostile } = draws;
  const operationName = random.chance(0.5) ? 'Fuzz' : null;
  const text = print(document);
  const operation: Operation = { ...made, index, type, lane, viewer, text, document, operationName, drawn, hostile };
  return spoils ? spoil(operation, random) : operation;
};
