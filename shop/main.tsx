import { intentKey } from '../ui/client/intent-key.ts';
import { openClient } from '../ui/client/open-client.ts';
import { opened } from '../ui/client/opened.ts';
import { mount } from '../ui/mount.tsx';
import { openCartCommands } from './cart/cart-commands.ts';
import { CartStore } from './cart/cart-store.ts';
import { CartContext } from './cart/use-cart.ts';
import { Shop } from './shop.tsx';
import { openVisit } from './visit/open-visit.ts';
import { VisitContext } from './visit/use-visit.ts';

const ASK_AGAIN_MS = 3_000;

const visit = openVisit();
const client = openClient({ tokenOf: visit.token, refused: visit.refused });
const cart = new CartStore({
  commands: openCartCommands(client.urql),
  cartId: () => visit.state().visit?.cartId ?? null,
  keepCart: (cartId) => visit.keepCart(cartId),
  newKey: intentKey,
  again: () => opened(client.connection, ASK_AGAIN_MS),
});

mount(
  client,
  <VisitContext value={visit}>
    <CartContext value={cart}>
      <Shop />
    </CartContext>
  </VisitContext>,
);
