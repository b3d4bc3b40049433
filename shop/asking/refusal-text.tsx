import type { Refusal } from '../../ui/client/outcome.ts';
import { type Catalogue, useTexts } from '../../ui/language/language.tsx';

/** What a customer can be told better than a program; everything else is said in panier's own words. */
const TEXTS: Catalogue<Readonly<Record<string, string>>> = {
  en: {
    UNAVAILABLE: 'panier did not answer. Nothing is lost: try again, and it is done once.',
    VERSION_CONFLICT: 'The cart was changed in another window. This is how it is now.',
    CART_CHECKED_OUT: 'This cart has been ordered already.',
    CART_EMPTY: 'There is nothing in the cart yet.',
    ORDER_CLOSED: 'This order is over: nothing can be changed any more.',
    PAYMENT_IN_PROGRESS: 'A payment is under way: wait for its outcome.',
  },
  fr: {
    UNAVAILABLE: 'panier n’a pas répondu. Rien n’est perdu : réessayez, ce sera fait une seule fois.',
    VERSION_CONFLICT: 'Le panier a été modifié dans une autre fenêtre. Le voici tel qu’il est maintenant.',
    CART_CHECKED_OUT: 'Ce panier a déjà été commandé.',
    CART_EMPTY: 'Le panier est encore vide.',
    ORDER_CLOSED: 'Cette commande est terminée : on ne peut plus rien y changer.',
    PAYMENT_IN_PROGRESS: 'Un paiement est en cours : attendez son issue.',
  },
};

/** Why something was not done, beside where it was asked. */
export const RefusalText = ({
  refusal,
  className,
}: {
  readonly refusal: Refusal;
  readonly className?: string | undefined;
}) => {
  const texts = useTexts(TEXTS);
  return (
    <p role="alert" className={className}>
      {texts[refusal.code] ?? refusal.message}
    </p>
  );
};
