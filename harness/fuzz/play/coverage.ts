import { type GraphQLSchema, isEnumType, isInputObjectType, isIntrospectionType, isObjectType } from 'graphql';
import type { Visit } from '../oracle/walk.ts';

const typesOf = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));

/** Every field that can be answered, as `Cart.id`. */
const fieldsOf = (schema: GraphQLSchema): readonly string[] =>
  typesOf(schema)
    .filter(isObjectType)
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));

/** Every argument and every field of an input, as `Query.cart(id:)` and `CheckoutInput.cartId`. */
export const argumentsIn = (schema: GraphQLSchema): readonly string[] => [
  ...typesOf(schema)
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap(({ name, args }) =>
        args.map((argument) => `${type.name}.${name}(${argument.name}:)`),
      ),
    ),
  ...typesOf(schema)
    .filter(isInputObjectType)
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)),
];

/** Every value of an enum, as `OrderStatus.PENDING`: all of our enums are answered. */
const enumValuesOf = (schema: GraphQLSchema): readonly string[] =>
  typesOf(schema)
    .filter(isEnumType)
    .flatMap((type) => type.getValues().map(({ name }) => `${type.name}.${name}`));

/** What of the schema was never reached, by kind. */
export interface Unreached {
  readonly fields: readonly string[];
  readonly arguments: readonly string[];
  readonly enumValues: readonly string[];
}

/** Which parts of the schema were asked, given and answered. */
export class Coverage {
  readonly #schema: GraphQLSchema;
  readonly #answered = new Set<string>();
  readonly #values = new Set<string>();
  readonly #drawn = new Set<string>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  addDrawn(drawn: ReadonlySet<string>): void {
    for (const coordinate of drawn) this.#drawn.add(coordinate);
  }

  addAnswered({ field, type, value }: Visit): void {
    if (value === null) return;
    this.#answered.add(field);
    if (isEnumType(type) && typeof value === 'string') this.#values.add(`${type.name}.${value}`);
  }

  get unreached(): Unreached {
    return {
      fields: fieldsOf(this.#schema).filter((field) => !this.#answered.has(field)),
      arguments: argumentsIn(this.#schema).filter((argument) => !this.#drawn.has(argument)),
      enumValues: enumValuesOf(this.#schema).filter((value) => !this.#values.has(value)),
    };
  }
}
