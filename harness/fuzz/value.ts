import { Kind, type ValueNode } from 'graphql';
import { assertNever } from '../../src/platform/index.ts';

/** A value that is sent: what JSON and GraphQL can write, numbers beyond all bounds and keys like `__proto__` included. */
export type Value =
  | { readonly type: 'String'; readonly value: string }
  /** Its digits, as they are written: no number of JavaScript says -0, 1e400 or 2^64 + 1. */
  | { readonly type: 'Number'; readonly text: string }
  | { readonly type: 'Boolean'; readonly value: boolean }
  | { readonly type: 'Null' }
  /** A value of an enum: bare in a document, a string in JSON. */
  | { readonly type: 'Name'; readonly value: string }
  | { readonly type: 'List'; readonly items: readonly Value[] }
  | { readonly type: 'Object'; readonly fields: readonly Field[] };

export type Field = readonly [name: string, value: Value];

export const NULL: Value = { type: 'Null' };
export const text = (value: string): Value => ({ type: 'String', value });
export const number = (digits: number | string): Value => ({ type: 'Number', text: String(digits) });
export const list = (items: readonly Value[]): Value => ({ type: 'List', items });
export const object = (fields: readonly Field[]): Value => ({ type: 'Object', fields });

/** As JSON, with surrogates escaped. */
export const jsonOf = (value: Value): string => {
  switch (value.type) {
    case 'String':
    case 'Name':
      return JSON.stringify(value.value);
    case 'Number':
      return value.text;
    case 'Boolean':
      return String(value.value);
    case 'Null':
      return 'null';
    case 'List':
      return `[${value.items.map(jsonOf).join(',')}]`;
    case 'Object':
      return `{${value.fields.map(([name, field]) => `${JSON.stringify(name)}:${jsonOf(field)}`).join(',')}}`;
  }
  return assertNever(value);
};

const GRAPHQL_NAME = /^[_a-z]\w*$/i;

const numberNode = (digits: string): ValueNode =>
  /^-?\d+$/.test(digits) ? { kind: Kind.INT, value: digits } : { kind: Kind.FLOAT, value: digits };

/** As a literal of a document. A key that no document can name is left out. */
export const literalOf = (value: Value): ValueNode => {
  switch (value.type) {
    case 'String':
      return { kind: Kind.STRING, value: value.value };
    case 'Name':
      return { kind: Kind.ENUM, value: value.value };
    case 'Number':
      return numberNode(value.text);
    case 'Boolean':
      return { kind: Kind.BOOLEAN, value: value.value };
    case 'Null':
      return { kind: Kind.NULL };
    case 'List':
      return { kind: Kind.LIST, values: value.items.map(literalOf) };
    case 'Object':
      return { kind: Kind.OBJECT, fields: value.fields.filter(([name]) => GRAPHQL_NAME.test(name)).map(fieldNode) };
  }
  return assertNever(value);
};

const fieldNode = ([name, value]: Field) =>
  ({
    kind: Kind.OBJECT_FIELD,
    name: { kind: Kind.NAME, value: name },
    value: literalOf(value),
  }) as const;
