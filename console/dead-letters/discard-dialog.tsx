import type { Outcome } from '../../ui/client/outcome.ts';
import { type Catalogue, useTexts } from '../../ui/language/language.tsx';
import { ReasonDialog } from '../../ui/parts/reason-dialog.tsx';

interface Texts {
  readonly title: (count: number) => string;
  readonly what: string;
  readonly submit: string;
}

const TEXTS: Catalogue<Texts> = {
  en: {
    title: (count) => (count === 1 ? 'Discard a dead letter' : `Discard ${count} dead letters`),
    what: 'Its entry is never handled by that group: an order that waits for it stays where it is. The reason is kept, for whoever looks later.',
    submit: 'Discard',
  },
  fr: {
    title: (count) => (count > 1 ? `Écarter ${count} lettres mortes` : 'Écarter une lettre morte'),
    what: 'Ce groupe ne traitera jamais l’entrée : une commande qui l’attend reste où elle est. La raison est conservée, pour qui regardera plus tard.',
    submit: 'Écarter',
  },
};

interface DiscardDialogProps {
  readonly count: number;
  readonly onReason: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks why they are not needed; what becomes of each is told on the page. */
export const DiscardDialog = ({ count, onReason, onClose }: DiscardDialogProps) => {
  const texts = useTexts(TEXTS);
  const ask = async (reason: string | null): Promise<Outcome<null>> => {
    onReason(reason ?? '');
    onClose();
    return { kind: 'Done', value: null };
  };
  return (
    <ReasonDialog
      title={texts.title(count)}
      description={<p>{texts.what}</p>}
      submit={texts.submit}
      look="danger"
      reason="required"
      ask={({ reason }) => ask(reason)}
      done={() => null}
      onClose={onClose}
    />
  );
};
