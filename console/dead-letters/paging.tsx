import { Link, useSearchParams } from 'wouter';
import { useTexts } from '../../ui/language/language.tsx';
import styles from './dead-letters.module.css';
import { TEXTS } from './texts.ts';

interface PagingProps {
  readonly page: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly isFirst: boolean;
}

/** To the next page, and back to the first, by links: the back button goes from one to the other. */
export const Paging = ({ page: { hasNextPage, endCursor }, isFirst }: PagingProps) => {
  const texts = useTexts(TEXTS);
  const [params] = useSearchParams();
  const to = (after: string | null): string => {
    const next = new URLSearchParams(params);
    next.delete('after');
    if (after !== null) next.set('after', after);
    return `?${next.toString()}`;
  };
  if (isFirst && !hasNextPage) return null;
  return (
    <nav className={styles['paging']} aria-label={texts.list}>
      {!isFirst && <Link href={to(null)}>{texts.first}</Link>}
      {hasNextPage && <Link href={to(endCursor)}>{texts.next}</Link>}
    </nav>
  );
};
