import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { type Catalogue, useTexts } from '../language/language.tsx';
import styles from './toast.module.css';

const TEXTS: Catalogue<{ readonly close: string; readonly notifications: string }> = {
  en: { close: 'Close', notifications: 'Notifications' },
  fr: { close: 'Fermer', notifications: 'Notifications' },
};

const Shown = () => {
  const { toasts } = Toast.useToastManager();
  const texts = useTexts(TEXTS);
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={`${styles['toast']} ${styles[toast.type ?? ''] ?? ''}`}>
      <Toast.Content className={styles['content'] ?? ''}>
        <div>
          <Toast.Title className={styles['title'] ?? ''} />
          <Toast.Description className={styles['description'] ?? ''} />
        </div>
        <Toast.Close aria-label={texts.close} className={styles['close'] ?? ''}>
          ×
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
};

/** Where toasts appear; once, around a page. */
export const Toasts = ({ children }: { readonly children: ReactNode }) => (
  <Toast.Provider>
    {children}
    <Toast.Portal>
      <Toast.Viewport className={styles['viewport'] ?? ''} aria-label={useTexts(TEXTS).notifications}>
        <Shown />
      </Toast.Viewport>
    </Toast.Portal>
  </Toast.Provider>
);

export interface Told {
  readonly title: string;
  readonly description?: ReactNode;
  /** Bad ones stay longer, and are said at once to who cannot see. */
  readonly look?: 'good' | 'bad';
}

const BAD_MS = 12_000;
const GOOD_MS = 6_000;

/** Tells in passing what happened: never the only place where it is said. */
export const useToast = (): ((told: Told) => void) => {
  const { add } = Toast.useToastManager();
  return ({ title, description, look = 'good' }) => {
    const isBad = look === 'bad';
    add({ title, description, type: look, timeout: isBad ? BAD_MS : GOOD_MS, priority: isBad ? 'high' : 'low' });
  };
};
