import { Link } from 'wouter';
import { useTexts } from '../../ui/language/language.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { useTitle } from '../parts/use-title.ts';
import { FRAME_TEXTS } from './texts.ts';

export const NoSuchPage = () => {
  const texts = useTexts(FRAME_TEXTS);
  useTitle(texts.noSuchPage);
  return (
    <>
      <PageTitle>{texts.noSuchPage}</PageTitle>
      <p>{texts.noSuchPageHint}</p>
      <p>
        <Link href="/">{texts.toProducts}</Link>
      </p>
    </>
  );
};
