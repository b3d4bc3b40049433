import { describe, expect, it } from 'vitest';
import { NOBODY, SCOPES, type Viewer } from '../../access/index.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { customer, OPERATOR, run } from '../testing/run.ts';

const CLAIM = `mutation {
  claimCarts(visitorToken: "x") { ... on ClaimedCarts { cart { id } } ... on UserError { code message } }
}`;

const VISITOR: Viewer = { kind: 'Visitor', visitorId: 'visit_1' };
const SERVICE: Viewer = { kind: 'Service', subject: 's', scopes: new Set(SCOPES) };

describe('claimCarts', () => {
  it.each([
    ['UNAUTHENTICATED', NOBODY],
    ['FORBIDDEN', VISITOR],
    ['FORBIDDEN', SERVICE],
    ['FORBIDDEN', OPERATOR],
  ] as const)('is for customers by themselves: %s for $kind', async (code, viewer) => {
    const { errors = [] } = await run(memoryModules(), { document: CLAIM, viewer });
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual([code]);
  });

  it('refuses what is no token of a visit, and says what would do', async () => {
    const { data } = await run(memoryModules(), { document: CLAIM, viewer: customer('ada') });
    expect(data?.['claimCarts']).toEqual({
      code: 'INVALID_INPUT',
      message: 'visitorToken is no token that startVisit gave out, or its 30 days are over: start a new visit.',
    });
  });
});

describe('the customer of what came by a visit', () => {
  const modules = memoryModules();
  modules.append('cart_1', {
    type: 'CartCreated',
    data: { customerId: null, sessionId: 'visit_1', currency: 'EUR' },
  });
  const customerIdFor = async (viewer: Viewer) => {
    const { data } = await run(modules, { document: '{ cart(id: "cart_1") { customerId } }', viewer });
    return data?.['cart'];
  };

  it('is null until it is claimed, and then whoever has claimed it', async () => {
    expect(await customerIdFor(VISITOR)).toEqual({ customerId: null });
    expect(await customerIdFor(OPERATOR)).toEqual({ customerId: null });
    modules.append('visit_1', { type: 'VisitClaimed', data: { visitorId: 'visit_1', customerId: 'ada' } });
    expect(await customerIdFor(OPERATOR)).toEqual({ customerId: 'ada' });
  });
});
