import { Link } from 'wouter';
import { type Catalogue, useTexts } from '../ui/language/language.tsx';
import { EmptyState } from '../ui/parts/notice.tsx';

const TEXTS: Catalogue<{ readonly title: string; readonly back: string }> = {
  en: { title: 'There is no such page.', back: 'Go to the overview' },
  fr: { title: 'Cette page n’existe pas.', back: 'Aller à la vue d’ensemble' },
};

export const NoSuchPage = () => {
  const texts = useTexts(TEXTS);
  return <EmptyState level={1} title={texts.title} action={<Link href="/">{texts.back}</Link>} />;
};
