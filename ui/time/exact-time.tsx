import { useLanguage } from '../language/language.tsx';

/** An instant (ISO 8601) to the millisecond, in the browser's zone; with its day, where one points. */
export const ExactTime = ({ at }: { readonly at: string }) => {
  const { locale } = useLanguage();
  const atMs = Date.parse(at);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' }).format(atMs);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(atMs);
  return (
    <time dateTime={at} title={day}>
      {time}.{String(atMs % 1_000).padStart(3, '0')}
    </time>
  );
};
