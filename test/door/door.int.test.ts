import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandName } from '../../src/commands/index.ts';
import { newId } from '../../src/events/index.ts';
import { type Hostile, hostileContexts, hostileFields } from './hostile-values.ts';
import {
  ask,
  COMMAND_NAMES,
  codeOf,
  type Given,
  makeThings,
  openShop,
  type Shop,
  soundInputs,
  type Things,
} from './shop.ts';

let shop: Shop;
let things: Things;

beforeAll(async () => {
  shop = await openShop();
  things = await makeThings(shop);
});
afterAll(() => shop[Symbol.asyncDispose]());

interface Case extends Hostile {
  readonly name: CommandName;
  readonly field: string;
  readonly given: Given;
}

const casesOf = (name: CommandName): readonly Case[] => {
  const input = soundInputs(things)[name];
  const fields = Object.entries(hostileFields(things)[name]).flatMap(([field, values]) =>
    values.map((hostile) => ({ name, field, ...hostile, given: { input: { ...input, [field]: hostile.value } } })),
  );
  const contexts = Object.entries(hostileContexts()).flatMap(([field, values]) =>
    values.map((hostile) => ({ name, field, ...hostile, given: { input, context: { [field]: hostile.value } } })),
  );
  return [...fields, ...contexts];
};

/** What each store holds of anything at all. */
const everything = async (): Promise<unknown> => {
  const { rows } = await shop.database.pool.query<Readonly<Record<string, string>>>(`
    select (select count(*) from write.journal) as written, (select count(*) from saga.journal) as adjusted,
      (select count(*) from write.idempotency) as keys, (select count(*) from saga.stock) as products`);
  return rows;
};

/** What empties the cart comes last. */
const EMPTYING: readonly CommandName[] = ['checkout', 'removeCartItem', 'clearCart'];
const IN_TURN: readonly CommandName[] = [...COMMAND_NAMES.filter((name) => !EMPTYING.includes(name)), 'checkout'];
const ALL_CARRIED_OUT = IN_TURN.map((name) => `${name} ok`);

/** What becomes of every command, each once, on the same things. */
const carriedOut = async (on: Things): Promise<readonly string[]> => {
  const inputs = soundInputs(on);
  const codes: string[] = [];
  for (const name of IN_TURN) codes.push(`${name} ${codeOf(await ask(shop, name, { input: inputs[name] }))}`);
  return codes;
};

const ajv = new Ajv2020({ strict: false, validateFormats: false });

interface Refused {
  readonly result: Awaited<ReturnType<typeof ask>>;
  readonly field: string;
  readonly value: unknown;
}

/** At a path within the field, the value that is there. */
const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((within, key) => (within as Readonly<Record<string, unknown>>)[key], value);

/** Null when a refusal says where the value is, in words too, and allows only others there. */
const misnamed = ({ result, field, value }: Refused): string | null => {
  if (result.ok || !('path' in result.error)) return 'no path';
  const { path = [], message, allowed } = result.error;
  if (path[0] !== field || !message.includes(field)) return `${path.join('.')}: ${message}`;
  const there = valueAt(value, path.slice(1));
  if (allowed === undefined || there === undefined) return null;
  return ajv.validate(allowed, there) ? `allowed after all: ${JSON.stringify(allowed)}` : null;
};

describe.each(COMMAND_NAMES)('%s', (name) => {
  it('refuses every hostile value of every argument, and writes nothing', async () => {
    const before = await everything();
    const answers: string[] = [];
    const cases = casesOf(name);
    for (const { field, what, value, given } of cases) {
      const answer = await ask(shop, name, given).then(
        (result) => (codeOf(result) === 'INVALID_INPUT' ? misnamed({ result, field, value }) : codeOf(result)),
        (error: unknown) => `threw ${String(error)}`,
      );
      if (answer !== null) answers.push(`${field}: ${what} → ${answer}`);
    }
    expect(answers).toEqual([]);
    expect(cases.length).toBeGreaterThan(30);
    expect(await everything()).toEqual(before);
  });
});

describe('after whatever was refused', () => {
  it('every command works as if it had never been', async () => {
    const cases = COMMAND_NAMES.flatMap(casesOf);
    const some = fc.array(fc.constantFrom(...cases), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(some, async (asked) => {
        // At once, and interleaved with the loads of others: a refused command must not leave anything in a cache.
        await Promise.all(asked.map(({ name, given }) => ask(shop, name, given)));
        expect(await carriedOut(await makeThings(shop))).toEqual(ALL_CARRIED_OUT);
      }),
      { numRuns: 15 },
    );
    expect(await carriedOut(things)).toEqual(ALL_CARRIED_OUT);
  });

  it('what it named works on, whose kind was mistaken', async () => {
    const made = await makeThings(shop);
    const ids: readonly string[] = [made.cartId, made.orderId, made.productId, made.letterId];
    for (const id of [...ids, ...ids]) {
      for (const name of COMMAND_NAMES) {
        const input = { ...soundInputs(made)[name] };
        const fields = Object.keys(input).filter((field) => /id$/i.test(field) && input[field] !== id);
        for (const field of fields)
          await ask(shop, name, { input: { ...input, [field]: id }, context: { idempotencyKey: newId('Event') } });
      }
    }
    expect(await carriedOut(made)).toEqual(ALL_CARRIED_OUT);
  });
});
