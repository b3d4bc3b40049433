import { text } from 'node:stream/consumers';
import { type ExecutionResult, parse, validate } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { serve } from './listen.ts';
import { schema } from './shop-schema.ts';

interface Request {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

type Execute = (variables: Request['variables']) => Promise<ExecutionResult> | ExecutionResult;

const compiled = new Map<string, Execute>();

const compile = (query: string): Execute => {
  const document = parse(query);
  const [problem] = validate(schema, document);
  if (problem !== undefined) throw problem;
  const result = compileQuery(schema, document);
  if (!isCompiledQuery(result)) throw new Error(JSON.stringify(result));
  const execute: Execute = (variables) => result.query(undefined, undefined, variables ?? {});
  compiled.set(query, execute);
  return execute;
};

await serve(async (request, response) => {
  const { query, variables } = JSON.parse(await text(request)) as Request;
  const execute = compiled.get(query) ?? compile(query);
  const body = JSON.stringify(await execute(variables));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
});
