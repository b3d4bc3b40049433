import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { ConsoleViewer } from '../../ui/generated/operations.ts';
import { type Catalogue, useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { ErrorNotice } from '../../ui/parts/notice.tsx';
import { keptToken } from './kept-token.ts';
import { SignIn } from './sign-in.tsx';
import { ViewerContext } from './viewer-context.ts';

const TEXTS: Catalogue<{ readonly unreachable: string; readonly again: string }> = {
  en: { unreachable: 'panier does not answer.', again: 'Try again' },
  fr: { unreachable: 'panier ne répond pas.', again: 'Réessayer' },
};

/** Shows the console to operators and services, and whoever else comes the way in. */
export const SignedIn = ({ children }: { readonly children: ReactNode }) => {
  const [{ data, error }, ask] = useQuery({ query: ConsoleViewer });
  const texts = useTexts(TEXTS);
  if (data !== undefined && data.viewer.scopes.length > 0)
    return <ViewerContext value={data.viewer}>{children}</ViewerContext>;
  const wasRefused = error?.graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED') === true;
  if (data !== undefined || wasRefused) return <SignIn isRefused={wasRefused || keptToken() !== null} onToken={ask} />;
  if (error === undefined) return null;
  return (
    <ErrorNotice title={texts.unreachable} action={<Button onClick={() => ask()}>{texts.again}</Button>}>
      <p>{error.message}</p>
    </ErrorNotice>
  );
};
