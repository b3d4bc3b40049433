import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useClient } from 'urql';
import { ConsoleViewer } from '../../ui/generated/operations.ts';
import { type Standing, standingAfter } from './standing.ts';
import { whenOver } from './when-over.ts';

/** What the console's client tells of when panier may take its viewer for somebody else by now. */
export const DOUBT = 'doubt';

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
  useEffect(() => (expiresAt === null ? undefined : whenOver(expiresAt, ask)), [expiresAt, ask]);
  return { standing, ask };
};
