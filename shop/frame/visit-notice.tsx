import { useTexts } from '../../ui/language/language.tsx';
import { Button } from '../../ui/parts/button.tsx';
import { useVisit, useVisitKeeper } from '../visit/use-visit.ts';
import styles from './frame.module.css';
import { FRAME_TEXTS } from './texts.ts';

/** Says that the visit is another one than before. */
export const VisitNotice = () => {
  const texts = useTexts(FRAME_TEXTS);
  const keeper = useVisitKeeper();
  if (!useVisit().isReplaced) return null;
  return (
    <div role="alert" className={styles['notice']}>
      <p>{texts.visitIsNew}</p>
      <Button onClick={keeper.acknowledge}>{texts.understood}</Button>
    </div>
  );
};
