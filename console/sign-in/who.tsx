import { type Catalogue, useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { forgetToken, keptToken } from './kept-token.ts';
import { useViewer } from './viewer-context.ts';
import styles from './who.module.css';

const TEXTS: Catalogue<{ readonly signedIn: string; readonly signOut: string }> = {
  en: { signedIn: 'Signed in as', signOut: 'Sign out' },
  fr: { signedIn: 'Connecté en tant que', signOut: 'Se déconnecter' },
};

/** The page is loaded anew, so that nothing of what was shown stays. */
const signOut = (): void => {
  forgetToken();
  location.reload();
};

/** Who looks at the console. Whom the machine itself signed in cannot sign out: the page would sign them in again. */
export const Who = () => {
  const texts = useTexts(TEXTS);
  const { id } = useViewer();
  return (
    <div className={styles['who']}>
      <span>
        {texts.signedIn} <strong>{id}</strong>
      </span>
      {keptToken() !== null && <Button onClick={signOut}>{texts.signOut}</Button>}
    </div>
  );
};
