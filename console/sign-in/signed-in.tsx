import type { ReactNode } from 'react';
import { assertNever } from '../../ui/assert-never.ts';
import { type Catalogue, useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { ErrorNotice } from '../../ui/parts/notice.tsx';
import { keptToken } from './kept-token.ts';
import { SignIn } from './sign-in.tsx';
import { useStanding } from './use-standing.ts';
import { ViewerContext } from './viewer-context.ts';

const TEXTS: Catalogue<{ readonly unreachable: string; readonly again: string }> = {
  en: { unreachable: 'panier does not answer.', again: 'Try again' },
  fr: { unreachable: 'panier ne répond pas.', again: 'Réessayer' },
};

interface SignedInProps {
  /** Tells when panier may take the viewer for somebody else by now. */
  readonly doubts: EventTarget;
  readonly children: ReactNode;
}

/** Shows the console to operators and services, and whoever else comes the way in. */
export const SignedIn = ({ doubts, children }: SignedInProps) => {
  const { standing, ask } = useStanding(doubts);
  const texts = useTexts(TEXTS);
  switch (standing.kind) {
    case 'Asking':
      return null;
    case 'SignedIn':
      return <ViewerContext value={standing.viewer}>{children}</ViewerContext>;
    case 'Nobody': {
      const isRefused = standing.isRefused || keptToken() !== null;
      return <SignIn isRefused={isRefused} isOver={standing.wasSignedIn && !isRefused} onToken={ask} />;
    }
    case 'Unreachable':
      return (
        <ErrorNotice title={texts.unreachable} action={<Button onClick={ask}>{texts.again}</Button>}>
          <p>{standing.error.message}</p>
        </ErrorNotice>
      );
  }
  return assertNever(standing);
};
