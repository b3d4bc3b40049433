import { useCallback, useEffect, useReducer, useState } from 'react';
import { useClient } from 'urql';
import { OrderOpened, OrderStretch } from '../../ui/generated/operations.ts';
import { type OrderNews, type OrderState, orderAfter } from './order-state.ts';
import { loadedIn, missingFrom, type Steps, type Stretch } from './saga/steps.ts';

/** So many steps come with the order itself: few orders have more. */
const FIRST_STEPS = 100;
/** So many are loaded of a longer one without being asked for; the others when somebody looks at them. */
const MAX_LOADED = 20_000;
const AFTER_FAILURE_MS = 2_000;

/** What is loaded next: the end, for what comes live goes on behind it; then what somebody looks at; then all else. */
const nextStretch = (steps: Steps, wanted: number): Stretch | null => {
  if (steps.length > 0 && steps.at(-1) === undefined)
    return { after: Math.max(steps.length - FIRST_STEPS, 0), upTo: steps.length };
  const looked = missingFrom(steps, wanted);
  if (looked !== null && looked.after - wanted < FIRST_STEPS) return looked;
  return loadedIn(steps).length < MAX_LOADED ? missingFrom(steps, 1) : null;
};

const useStretches = (id: string, state: OrderState, tell: (news: OrderNews) => void) => {
  const client = useClient();
  const [wanted, want] = useState(1);
  const [attempt, setAttempt] = useState(0);
  const next = state.kind === 'Shown' ? nextStretch(state.steps, wanted) : null;
  const { after = null, upTo = null } = next ?? {};
  useEffect(() => {
    if (after === null || upTo === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const subscription = client.query(OrderStretch, { id, after, upTo }).subscribe(({ data, error }) => {
      if (error !== undefined) timer = setTimeout(() => setAttempt(attempt + 1), AFTER_FAILURE_MS);
      else tell({ kind: 'Came', steps: data?.order?.steps ?? [] });
    });
    return () => {
      subscription.unsubscribe();
      clearTimeout(timer);
    };
  }, [client, id, after, upTo, attempt, tell]);
  return want;
};

interface UsedOrder {
  readonly state: OrderState;
  readonly tell: (news: OrderNews) => void;
  /** Somebody looks at this step. */
  readonly want: (revision: number) => void;
  /** Asks for the order again, after a failure. */
  readonly retry: () => void;
}

/** An order with its steps; what comes later is to be told. */
export const useOrder = (id: string): UsedOrder => {
  const client = useClient();
  const [state, tell] = useReducer(orderAfter, { kind: 'Loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (attempt > 0) tell({ kind: 'Asked' });
    const { unsubscribe } = client.query(OrderOpened, { id, upTo: FIRST_STEPS }).subscribe(({ data, error }) => {
      if (error !== undefined) tell({ kind: 'Failed', error });
      else tell({ kind: 'Opened', order: data?.order ?? null });
    });
    return unsubscribe;
  }, [client, id, attempt]);
  const want = useStretches(id, state, tell);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  return { state, tell, want, retry };
};
