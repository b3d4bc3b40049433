import type { Client as Socket } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endHalfOpen } from './half-open.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Listener = (...told: readonly unknown[]) => void;

const stage = () => {
  const listeners = new Map<string, Listener>();
  const terminate = vi.fn<() => void>();
  const on = (event: string, listener: Listener) => {
    listeners.set(event, listener);
    return () => undefined;
  };
  endHalfOpen({ on: on as Socket['on'], terminate });
  return { tell: (event: string, ...told: readonly unknown[]) => listeners.get(event)?.(...told), terminate };
};

describe('a connection', () => {
  it('is ended when its ping is not answered', () => {
    const { tell, terminate } = stage();
    tell('ping', false);
    vi.advanceTimersByTime(5_000);
    expect(terminate).toHaveBeenCalledOnce();
  });

  it('is ended when it does not open', () => {
    const { tell, terminate } = stage();
    tell('connecting', true);
    vi.advanceTimersByTime(10_000);
    expect(terminate).toHaveBeenCalledOnce();
  });

  it.each(['message', 'closed'])('is left alone where there is a %s in time', (event) => {
    const { tell, terminate } = stage();
    tell('connecting', false);
    tell('connected');
    tell('ping', false);
    tell(event);
    // A ping of panier's asks for an answer of the page's.
    tell('ping', true);
    vi.advanceTimersByTime(60_000);
    expect(terminate).not.toHaveBeenCalled();
  });
});
