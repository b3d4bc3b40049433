import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges } from 'graphql';

const contract = buildSchema(readFileSync('docs/contract.graphql', 'utf8'));
const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const departures = findBreakingChanges(contract, schema);

for (const { type, description } of departures) console.log(`${type}: ${description}`);
console.log(`${departures.length} departures from the contract`);
process.exitCode = departures.length === 0 ? 0 : 1;
