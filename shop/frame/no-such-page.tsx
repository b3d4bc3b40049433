import { Link } from 'wouter';
import { useTexts } from '../../ui/language/language.tsx';
import { EmptyState } from '../../ui/parts/notice.tsx';
import { useTitle } from '../parts/use-title.ts';
import { FRAME_TEXTS } from './texts.ts';

export const NoSuchPage = () => {
  const texts = useTexts(FRAME_TEXTS);
  useTitle(texts.noSuchPage);
  return (
    <EmptyState title={texts.noSuchPage} action={<Link href="/">{texts.toProducts}</Link>}>
      <p>{texts.noSuchPageHint}</p>
    </EmptyState>
  );
};
