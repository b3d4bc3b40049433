import { type SyntheticEvent, useId } from 'react';
import { type Catalogue, useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { keepToken } from './kept-token.ts';
import styles from './sign-in.module.css';

interface Texts {
  readonly title: string;
  readonly how: string;
  readonly token: string;
  readonly submit: string;
  readonly refused: string;
  readonly over: string;
  readonly again: string;
}

const TEXTS: Catalogue<Texts> = {
  en: {
    title: 'Sign in to the console',
    how: 'The console is for operators. Make a token on the machine that panier runs on, and paste it here; it is kept in this tab alone:',
    token: 'Token',
    submit: 'Sign in',
    refused: 'This token is no operator’s, or it is over. Make a new one.',
    over: 'Your sign-in is over. On a machine of your own, load the page again; elsewhere, sign in with a token.',
    again: 'Load the page again',
  },
  fr: {
    title: 'Se connecter à la console',
    how: 'La console est destinée aux opérateurs. Créez un jeton sur la machine où tourne panier et collez-le ici ; il reste dans cet onglet :',
    token: 'Jeton',
    submit: 'Se connecter',
    refused: 'Ce jeton n’est pas celui d’un opérateur, ou il est expiré. Créez-en un nouveau.',
    over: 'Votre connexion a expiré. Sur votre propre machine, rechargez la page ; ailleurs, connectez-vous avec un jeton.',
    again: 'Recharger la page',
  },
};

interface SignInProps {
  readonly isRefused: boolean;
  /** Whoever was signed in without a token of theirs is so no more. */
  readonly isOver: boolean;
  readonly onToken: () => void;
}

export const SignIn = ({ isRefused, isOver, onToken }: SignInProps) => {
  const texts = useTexts(TEXTS);
  const id = useId();
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const token = new FormData(event.currentTarget).get('token');
    if (typeof token !== 'string' || token.trim() === '') return;
    keepToken(token.trim());
    onToken();
  };
  return (
    <main className={styles['page']}>
      <form onSubmit={submit} className={styles['form']}>
        <h1>{texts.title}</h1>
        {isOver && (
          <>
            <p role="alert">{texts.over}</p>
            <Button onClick={() => location.reload()}>{texts.again}</Button>
          </>
        )}
        <p>{texts.how}</p>
        <pre>npm run --silent token -- --role operator --sub NAME</pre>
        <label htmlFor={id}>{texts.token}</label>
        <input id={id} name="token" type="password" autoComplete="off" spellCheck={false} required />
        {isRefused && <p role="alert">{texts.refused}</p>}
        <Button look="primary" type="submit">
          {texts.submit}
        </Button>
      </form>
    </main>
  );
};
