import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Random } from '../../support/random.ts';
import { type Field, list, NULL, object, type Value } from '../value.ts';
import { drawHostile, hostileOf } from './hostile.ts';
import type { Pool } from './pool.ts';
import { drawSensible, type Place } from './sensible.ts';

/** What one operation draws with, and what it has drawn. */
export interface Draws {
  readonly random: Random;
  readonly pool: Pool;
  /** How likely a value is hostile: 0 makes an operation that an honest client might send. */
  readonly hostility: number;
  /** The one place that is given a hostile value for sure. */
  readonly target: { readonly coordinate: string; readonly kind: string } | null;
  /** Coordinates of arguments, of fields of inputs, and values of enums. */
  readonly drawn: Set<string>;
  readonly hostile: Set<string>;
}

/** The hostile value for its place; as one item where there is a list, so that it gets past the types. */
const targeted = (kind: string, type: GraphQLInputType, draws: Draws): Value => {
  draws.hostile.add(kind);
  const value = hostileOf(kind, draws);
  const isItem = isListType(isNonNullType(type) ? type.ofType : type) && value.type !== 'List';
  return isItem && draws.random.chance(0.8) ? list([value]) : value;
};

/** Whether the target is the place, or within it. */
const leadsTo = (target: Draws['target'], coordinate: string, type: GraphQLInputType): boolean => {
  if (target === null) return false;
  const named = getNamedType(type);
  if (target.coordinate === coordinate || target.coordinate.startsWith(`${named.name}.`)) return true;
  return isInputObjectType(named) && Object.values(named.getFields()).some((field) => leadsTo(target, '', field.type));
};

/** How a value has to be written to get past the types, and be looked at by panier itself. */
const SHAPES: Readonly<Record<string, Value['type']>> = { Int: 'Number', Float: 'Number', Boolean: 'Boolean' };

/** An input of another shape is refused as a whole: what is in it is of more interest. */
const OF_INPUT_OBJECTS = 0.15;

type Where = Omit<Place, 'scalar'>;

/** Lists of honest clients are short. */
const MAX_ITEMS = 3;

const hostileValue = (type: GraphQLInputType, draws: Draws): Value => {
  const { kind, value } = drawHostile(draws, SHAPES[getNamedType(type).name] ?? 'String');
  draws.hostile.add(kind);
  return value;
};

const leaf = (type: GraphQLInputType, where: Where, draws: Draws): Value => {
  const named = getNamedType(type);
  if (!isEnumType(named)) return drawSensible({ ...where, scalar: named.name }, draws.random, draws.pool);
  const { name } = draws.random.pick(named.getValues());
  draws.drawn.add(`${named.name}.${name}`);
  return { type: 'Name', value: name };
};

const ownerOf = (fields: readonly Field[]): string | null => {
  const [, value] = fields.find(([name]) => name === 'cartId' || name === 'orderId') ?? [];
  return value?.type === 'String' ? value.value : null;
};

const inputObject = (type: GraphQLInputType, where: Where, draws: Draws): Value => {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) throw new Error(`${named.name} is no input.`);
  const fields: Field[] = [];
  // What others belong to comes first.
  for (const field of Object.values(named.getFields())) {
    const value = drawOptional(
      field,
      { ...where, coordinate: `${named.name}.${field.name}`, owner: ownerOf(fields) },
      draws,
    );
    if (value !== null) fields.push([field.name, value]);
  }
  return object(fields);
};

const fitting = (type: GraphQLInputType, where: Where, draws: Draws): Value => {
  if (isNonNullType(type)) return drawValue(type.ofType, where, draws);
  if (isListType(type)) {
    const items = Array.from({ length: draws.random.integer(1, MAX_ITEMS) });
    return list(items.map(() => drawValue(type.ofType, where, draws)));
  }
  return isInputObjectType(type) ? inputObject(type, where, draws) : leaf(type, where, draws);
};

/** A value for a type: hostile or not, as luck has it. */
const drawValue = (type: GraphQLInputType, where: Where, draws: Draws): Value =>
  draws.random.chance(draws.hostility * (isInputObjectType(getNamedType(type)) ? OF_INPUT_OBJECTS : 1))
    ? hostileValue(type, draws)
    : fitting(type, where, draws);

/** How often an argument that may be left out is given: what narrows an answer to nothing, seldom. */
const RARE: Readonly<Record<string, number>> = {
  expectedVersion: 0.1,
  asOf: 0.2,
  after: 0.25,
  before: 0.1,
  first: 0.4,
  last: 0.1,
  stream: 0.2,
  group: 0.15,
  eventId: 0.1,
  aggregateId: 0.2,
  correlationId: 0.2,
  since: 0.15,
  until: 0.15,
};

const isRequired = ({ type, defaultValue }: GraphQLArgument | GraphQLInputField): boolean =>
  isNonNullType(type) && defaultValue === undefined;

const isGiven = (argument: GraphQLArgument | GraphQLInputField, coordinate: string, draws: Draws): boolean => {
  const luck = draws.random.next();
  if (isRequired(argument) || leadsTo(draws.target, coordinate, argument.type)) return true;
  return luck < (RARE[argument.name] ?? 0.5);
};

type Around = Omit<Where, 'name'>;

/** A value for an argument or a field of an input; null when it is left out. */
export const drawOptional = (
  argument: GraphQLArgument | GraphQLInputField,
  around: Around,
  draws: Draws,
): Value | null => {
  const { coordinate } = around;
  if (!isGiven(argument, coordinate, draws)) return null;
  draws.drawn.add(coordinate);
  if (draws.target?.coordinate === coordinate) return targeted(draws.target.kind, argument.type, draws);
  if (!isNonNullType(argument.type) && draws.target === null && draws.random.chance(0.04)) return NULL;
  return drawValue(argument.type, { ...around, name: argument.name }, draws);
};
