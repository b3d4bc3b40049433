import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { methodOf, ProviderUnreachable } from './provider.ts';
import { textWithout, withoutReference } from './without-reference.ts';

const REFERENCE = 'pm_1NXWPnCo6bFb1KQto6C8OWvE';
const failing = (error: Error) => async (): Promise<never> => {
  throw error;
};

describe('what a payment provider throws', () => {
  it('is the same error, without the reference that it was asked about', async () => {
    const cause = new Error(`No such PaymentMethod: '${REFERENCE}'`);
    const error = new ProviderUnreachable(`Asked for ${REFERENCE} twice, ${REFERENCE}.`, { cause });
    await expect(withoutReference(REFERENCE, failing(error))).rejects.toBe(error);
    expect(inspect(error)).not.toContain(REFERENCE);
    expect(error.message).toBe('Asked for [payment method] twice, [payment method].');
    expect(error.stack).toContain('without-reference.test.ts');
  });

  it('may be its own cause', async () => {
    const error = new Error(REFERENCE);
    error.cause = error;
    await expect(withoutReference(REFERENCE, failing(error))).rejects.toThrow('[payment method]');
  });

  it('is told as Unavailable while somebody waits', async () => {
    const kindOf = failing(new ProviderUnreachable(`timeout of GET /v1/payment_methods/${REFERENCE}`));
    const asked = methodOf({ kindOf }, REFERENCE);
    await expect(asked).rejects.toThrow('The payment provider cannot be reached; nothing was done.');
    expect(inspect(await asked.catch((error: unknown) => error))).not.toContain(REFERENCE);
  });
});

describe('a payment method that was handed in', () => {
  it('is what the provider says of it', async () => {
    const kindOf = async (reference: string) => (reference === REFERENCE ? 'CARD' : null);
    expect(await methodOf({ kindOf }, REFERENCE)).toEqual({ ok: true, value: { reference: REFERENCE, kind: 'CARD' } });
    const unknown = await methodOf({ kindOf }, `${REFERENCE}x`);
    expect(unknown).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect(JSON.stringify(unknown)).not.toContain(REFERENCE);
  });

  it.each([REFERENCE, 'card', 'CARD 4242', '', 'X'.repeat(31)])(
    'is of no kind %j, which events would say',
    async (kind) => {
      await expect(methodOf({ kindOf: async () => kind }, REFERENCE)).rejects.toThrow('is no word');
    },
  );

  it('leaves no text that repeats it', () => {
    expect(textWithout(REFERENCE, `Your ${REFERENCE} was declined.`)).toBe('Your [payment method] was declined.');
  });
});
