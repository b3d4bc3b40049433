import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import type { PanierClient } from './client/open-client.ts';
import { ConnectionContext } from './client/use-connection.ts';
import { Speaking } from './language/language.tsx';
import { showKeptTheme } from './look/theme.tsx';
import './look/base.css';

/** Draws a page with what every page needs: a language, a theme and a client. */
export const mount = (client: PanierClient, page: ReactNode): void => {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  showKeptTheme();
  createRoot(root).render(
    <StrictMode>
      <Speaking>
        <Provider value={client.urql}>
          <ConnectionContext value={client.connection}>{page}</ConnectionContext>
        </Provider>
      </Speaking>
    </StrictMode>,
  );
};
