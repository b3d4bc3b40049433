import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, type GraphQLSchema } from 'graphql';

// The contract names the result unions without their members: only one member of each is its own affair.
const memberOf = (union: string): string => {
  if (/Product|Stock/.test(union)) return 'Product';
  return union.includes('Cart') ? 'Cart' : 'Order';
};

const readContract = (text: string): GraphQLSchema => {
  const unions = [...text.matchAll(/: (\w+Result)!/g)].map(([, name = '']) => `union ${name} = ${memberOf(name)}`);
  return buildSchema([text, ...unions].join('\n'));
};

const contract = readContract(readFileSync('docs/contract.graphql', 'utf8'));
const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const departures = findBreakingChanges(contract, schema);

for (const { type, description } of departures) console.log(`${type}: ${description}`);
console.log(`${departures.length} departures from the contract`);
process.exitCode = departures.length === 0 ? 0 : 1;
