import type { ReactNode } from 'react';
import type { Refusal } from '../../ui/client/outcome.ts';
import { Button } from '../../ui/parts/button.tsx';
import { RefusalText } from '../asking/refusal-text.tsx';
import styles from './checkout.module.css';

interface PayButtonProps {
  readonly label: string;
  readonly busyLabel: string;
  readonly isBusy: boolean;
  readonly isOff?: boolean;
  readonly refusal: Refusal | null;
  /** What stands above it. */
  readonly children?: ReactNode;
}

/** Submits the form that it stands in, and says why that was refused. */
export const PayButton = ({ label, busyLabel, isBusy, isOff = false, refusal, children }: PayButtonProps) => (
  <div className={styles['side']}>
    {children}
    <Button type="submit" look="primary" className={styles['go']} disabled={isOff} aria-disabled={isBusy || isOff}>
      {isBusy ? busyLabel : label}
    </Button>
    {refusal !== null && <RefusalText refusal={refusal} className={styles['refusal']} />}
  </div>
);
