import { useState } from 'react';
import { useLanguage } from '../language/language.tsx';
import styles from './live-number.module.css';

/** A number that is kept true: when it becomes another one, that is to be seen. */
export const LiveNumber = ({ value }: { readonly value: number }) => {
  const { locale } = useLanguage();
  const [shown, setShown] = useState({ value, changes: 0, isMore: false });
  if (shown.value !== value) setShown({ value, changes: shown.changes + 1, isMore: value > shown.value });
  const look = shown.changes === 0 ? '' : styles[shown.isMore ? 'more' : 'less'];
  return (
    <span key={shown.changes} className={look}>
      {value.toLocaleString(locale)}
    </span>
  );
};
