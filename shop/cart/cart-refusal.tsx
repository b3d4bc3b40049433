import type { Refusal } from '../../ui/client/outcome.ts';
import { useTexts } from '../../ui/language/language.tsx';
import { RefusalText } from '../asking/refusal-text.tsx';
import { CART_TEXTS } from './texts.ts';

interface CartRefusalProps {
  readonly refusal: Refusal;
  readonly className?: string | undefined;
}

/** Why a change of the cart was not made, or not yet: one that is not answered is asked again. */
export const CartRefusal = ({ refusal, className }: CartRefusalProps) => {
  const texts = useTexts(CART_TEXTS);
  if (refusal.code !== 'UNAVAILABLE') return <RefusalText refusal={refusal} className={className} />;
  return (
    <p role="alert" className={className}>
      {texts.askedAgain}
    </p>
  );
};
