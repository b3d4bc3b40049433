import { useLanguage } from '../language/language.tsx';
import { useNowMs } from './clock.ts';
import { relative } from './relative.ts';

/** An instant (ISO 8601): how long ago, and in full where one points. */
export const When = ({ at }: { readonly at: string }) => {
  const { locale } = useLanguage();
  const nowMs = useNowMs();
  const atMs = Date.parse(at);
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(atMs);
  return (
    <time dateTime={at} title={full}>
      {relative(atMs, nowMs, locale)}
    </time>
  );
};
