import { type ASTNode, GraphQLScalarType, Kind } from 'graphql';
import { badUserInput } from '../failures.ts';

const DECIMAL = /^-?\d{1,40}(\.\d{1,40})?$/;

const parse = (value: unknown, at?: ASTNode): string => {
  if (typeof value === 'string' && DECIMAL.test(value)) return value;
  throw badUserInput('A Decimal is a decimal number in a string, such as "699.99".', {
    at,
    allowed: { type: 'string', pattern: DECIMAL.source },
  });
};

/** The scalar Decimal. */
export const decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number, written as a string: "699.99". Never a float.',
  serialize: (value) => parse(value),
  parseValue: (value) => parse(value),
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null, node),
});
