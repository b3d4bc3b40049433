import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { INSIDE_TEXTS } from './texts.ts';

interface InsideToggleProps {
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
}

/** Opens the drawer, and closes it. */
export const InsideToggle = ({ isOpen, onToggle }: InsideToggleProps) => {
  const texts = useTexts(INSIDE_TEXTS);
  return (
    <Button aria-expanded={isOpen} onClick={() => onToggle(!isOpen)}>
      {isOpen ? texts.close : texts.open}
    </Button>
  );
};
