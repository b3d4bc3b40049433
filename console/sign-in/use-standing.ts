import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useClient } from 'urql';
import { ConsoleViewer } from '../../ui/generated/operations.ts';
import { type Standing, standingAfter } from './standing.ts';

/** What the console's client tells of when panier may take its viewer for somebody else by now. */
export const DOUBT = 'doubt';

/** No timer waits longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** panier takes a token for thirty seconds longer: clocks differ. */
const PAST_IT_MS = 31_000;

interface Stands {
  readonly standing: Standing;
  readonly ask: () => void;
}

/** Whom panier takes the one who looks for: asked at first, when that is in doubt, and when the sign-in is over. */
export const useStanding = (doubts: EventTarget): Stands => {
  const client = useClient();
  const [standing, tell] = useReducer(standingAfter, { kind: 'Asking' });
  const isAsking = useRef(false);
  const asked = useCallback(async () => {
    // The question itself may be refused, which raises a doubt: it would be asked for ever, and never answered.
    if (isAsking.current) return;
    isAsking.current = true;
    const answer = await client.query(ConsoleViewer, {}).toPromise();
    isAsking.current = false;
    tell(answer);
  }, [client]);
  const ask = useCallback(() => void asked(), [asked]);
  useEffect(ask, [ask]);
  const isSignedIn = standing.kind === 'SignedIn';
  const expiresAt = standing.kind === 'SignedIn' ? standing.viewer.expiresAt : null;
  useEffect(() => {
    if (!isSignedIn) return undefined;
    doubts.addEventListener(DOUBT, ask);
    return () => doubts.removeEventListener(DOUBT, ask);
  }, [isSignedIn, doubts, ask]);
  useEffect(() => {
    if (expiresAt === null) return undefined;
    const timer = setTimeout(
      ask,
      Math.min(LONGEST_TIMER_MS, Math.max(0, Date.parse(expiresAt) + PAST_IT_MS - Date.now())),
    );
    return () => clearTimeout(timer);
  }, [expiresAt, ask]);
  return { standing, ask };
};
