import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { asyncApi } from './async-api.ts';
import { CATALOGUE, STREAMS } from './catalogue.ts';
import { EVENT_VERSIONS } from './event-schemas.ts';

const parse = async (document: object) => {
  const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document));
  return { parsed, found: diagnostics.map(({ code, message, path }) => `${code} ${path.join('.')}: ${message}`) };
};

const today = parse(asyncApi());

describe('the AsyncAPI document', () => {
  it('is what asyncapi.json has: `npm run asyncapi` writes it', () => {
    expect(readFileSync('asyncapi.json', 'utf8')).toBe(`${JSON.stringify(asyncApi(), null, 2)}\n`);
  });

  it('is a good one: its parser has nothing to say, examples included', async () => {
    const { parsed, found } = await today;
    expect(found).toEqual([]);
    expect(parsed?.allMessages().length).toBe(EVENT_VERSIONS.length);
  });

  it('has every stream, with every version of its events', async () => {
    const { parsed } = await today;
    const channels = parsed?.channels().all() ?? [];
    const read = channels.map((channel) => [
      channel.address(),
      channel
        .messages()
        .all()
        .map((message) => message.id()),
    ]);
    const expected = Object.values(STREAMS).map((stream) => [
      stream,
      EVENT_VERSIONS.filter(({ type }) => CATALOGUE[type].stream === stream).map(({ name }) => name),
    ]);
    expect(read).toEqual(expected);
  });

  it('says what panier writes, and what it believes of others', async () => {
    const { parsed } = await today;
    const sent = parsed?.operations().filterBySend() ?? [];
    const received = parsed?.operations().filterByReceive() ?? [];
    const newest = EVENT_VERSIONS.filter(({ isNewest }) => isNewest).map(({ name }) => name);
    expect(
      sent
        .flatMap((operation) =>
          operation
            .messages()
            .all()
            .map((message) => message.id()),
        )
        .toSorted(),
    ).toEqual(newest.toSorted());
    expect(
      received.flatMap((operation) =>
        operation
          .messages()
          .all()
          .map((message) => message.id()),
      ),
    ).toEqual(['PaymentSucceeded.1', 'PaymentFailed.1', 'StockAdjusted.1']);
  });

  it('has an example of each message, that fits its schemas', () => {
    const document = asyncApi();
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ components: document.components }, 'document');
    const fits = ({ $ref }: { readonly $ref: string }, value: unknown) => {
      const validate = ajv.compile({ $ref: `document${$ref}` });
      return [validate(value), validate.errors, validate({})];
    };
    const messages = Object.values(document.components.messages);
    const found = messages.flatMap(({ headers, payload, examples }) =>
      examples.flatMap((example) => [fits(headers, example.headers), fits(payload, example.payload)]),
    );
    expect(found).toEqual(messages.flatMap(() => [0, 1]).map(() => [true, null, false]));
  });

  it('would be found out with a reference to nothing, and with a word that AsyncAPI does not have', async () => {
    const text = JSON.stringify(asyncApi());
    const broken = text.replaceAll('"#/components/schemas/Currency"', '"#/nowhere"');
    expect((await parse(JSON.parse(broken) as object)).found.join()).toContain('invalid-ref');
    const wrong = text.replace('"action":"send"', '"action":"sing"');
    expect((await parse(JSON.parse(wrong) as object)).found).not.toEqual([]);
  });
});
