import { describe, expect, it } from 'vitest';
import { type NewVisit, VisitKeeper } from './visit-keeper.ts';

/** What a browser keeps for all tabs of an origin. */
const storage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};

/** One after the other, as `navigator.locks` has it. */
const lock = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
};

const browser = () => {
  const kept = storage();
  const oneAtATime = lock();
  let started = 0;
  const start = async (): Promise<NewVisit> => {
    started += 1;
    return { visitorId: `visit_${started}`, token: `token_${started}` };
  };
  return { kept, tab: () => new VisitKeeper({ kept, start, oneAtATime }) };
};

describe('a visit', () => {
  it('begins once, however many tabs ask at the same time', async () => {
    const { tab } = browser();
    const [one, other] = [tab(), tab()];
    expect(await Promise.all([one.token(), other.token(), one.token()])).toEqual(['token_1', 'token_1', 'token_1']);
  });

  it('goes on in a page that is loaded again, with its cart', async () => {
    const { tab } = browser();
    const before = tab();
    await before.token();
    before.keepCart('cart_1');
    const after = tab();
    expect(after.state().visit).toEqual({ visitorId: 'visit_1', token: 'token_1', cartId: 'cart_1' });
  });

  it('is replaced once when its token is refused in two tabs, and its cart is gone', async () => {
    const { tab } = browser();
    const [one, other] = [tab(), tab()];
    await one.token();
    one.keepCart('cart_1');
    await Promise.all([one.refused('token_1'), other.refused('token_1')]);
    expect(await other.token()).toBe('token_2');
    expect(one.state()).toEqual({
      visit: { visitorId: 'visit_2', token: 'token_2', cartId: null },
      isReplaced: true,
    });
  });

  it('is kept when a token is refused that is its own no more', async () => {
    const { tab } = browser();
    const one = tab();
    await one.token();
    await one.refused('token_0');
    expect(await one.token()).toBe('token_1');
    expect(one.state().isReplaced).toBe(false);
  });

  it('shows a tab the cart that another tab made', async () => {
    const { tab } = browser();
    const [one, other] = [tab(), tab()];
    await one.token();
    one.keepCart('cart_1');
    other.look();
    expect(other.state().visit?.cartId).toBe('cart_1');
  });

  it('begins anew where what is kept is no visit', async () => {
    const { kept, tab } = browser();
    kept.setItem('panier.shop.visit', '{"token":');
    expect(await tab().token()).toBe('token_1');
  });
});
