import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { expect, it } from 'vitest';
import { TOKEN_CONFIG, tokenOf } from '../../harness/support/tokens.ts';
import { SCOPES } from '../../src/access/index.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { inBrowser } from './chromium.ts';
import { openPage } from './opened-page.ts';
import { setStage } from './stage.ts';

/** A token or a cookie that is over ends a WebSocket by it. */
const FORBIDDEN = 4403;

const LISTS = ['Orders', 'Events'] as const;

let panier: TestPanier;
let browser: Browser;

/** As on a machine of one's own, where panier's pages sign in by a cookie. */
const { key } = TOKEN_CONFIG;
const tokens =
  key?.kind === 'Secret' ? { ...TOKEN_CONFIG, key: { kind: 'Development', secret: key.secret } as const } : null;

const headingOf = (page: Page, title: string) => page.getByRole('heading', { name: title, exact: true });

/** Opens the console by its cookie; what becomes of its WebSockets is up to the test. */
const openedBy = async (title: string, route: (socket: WebSocketRoute) => void) => {
  const opened = await openPage(browser, { url: panier.url, path: '/console' });
  await opened.page.routeWebSocket('**/graphql', route);
  await opened.page.goto(`/console/${title.toLowerCase()}`);
  await headingOf(opened.page, title).waitFor();
  return opened;
};

/** Has panier answer every subscription by this error. */
const failing =
  (message: string) =>
  (socket: WebSocketRoute): void => {
    const server = socket.connectToServer();
    const payload = [{ message, extensions: { code: 'NOT_FOUND' } }];
    socket.onMessage((text) => {
      const { type, id } = JSON.parse(String(text)) as { readonly type: string; readonly id?: string };
      if (type === 'subscribe') socket.send(JSON.stringify({ type: 'error', id, payload }));
      else server.send(text);
    });
  };

inBrowser('a console that is open for longer than its sign-in', () => {
  setStage(
    () => startPanier(tokens === null ? {} : { tokens }),
    (stage) => {
      ({ server: panier, browser } = stage);
    },
  );

  it.each(LISTS)(
    'says so in place of %s that would stand still, and goes on when it is loaded again',
    async (title) => {
      const sockets: WebSocketRoute[] = [];
      const { page, context, troubles } = await openedBy(title, (socket) => {
        socket.connectToServer();
        sockets.push(socket);
      });
      await expect.poll(() => sockets).not.toEqual([]);
      await context.clearCookies();
      await sockets.at(-1)?.close({ code: FORBIDDEN });
      await page.getByText('Your sign-in is over').waitFor();
      await page.getByRole('button', { name: 'Load the page again' }).click();
      await headingOf(page, title).waitFor();
      expect(troubles).toEqual([]);
    },
  );

  it('asks for another token when the one it was given is over', async () => {
    // It is over already, and panier takes it for thirty seconds longer.
    const token = await tokenOf({ role: 'operator', subject: 'ada', scopes: SCOPES, ttlSeconds: -22 });
    const { page } = await openPage(browser, { url: panier.url, path: '/console/health', token });
    await headingOf(page, 'Health').waitFor();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('This token is no operator’s, or it is over.');
  });

  it.each(LISTS)('says that %s are told of changes no more, and why', async (title) => {
    const { page } = await openedBy(title, failing('Nobody knows it.'));
    const notice = page.getByText('This page is told of changes no more.');
    await notice.waitFor();
    expect(await notice.innerText()).toContain('Nobody knows it.');
  });
});
