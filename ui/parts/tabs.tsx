import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './tabs.module.css';

interface Tab<Key extends string> {
  readonly key: Key;
  readonly title: ReactNode;
}

interface TabsProps<Key extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Key>[];
  readonly chosen: Key;
  readonly onChoose: (key: Key) => void;
  /** Of the tab that is chosen. */
  readonly children: ReactNode;
}

/** One of several views at a time; arrow keys go from one to the next. */
export const Tabs = <Key extends string>({ label, tabs, chosen, onChoose, children }: TabsProps<Key>) => (
  <Base.Root value={chosen} onValueChange={(key: Key) => onChoose(key)}>
    <Base.List className={styles['list']} aria-label={label} activateOnFocus>
      {tabs.map(({ key, title }) => (
        <Base.Tab key={key} value={key} className={styles['tab']}>
          {title}
        </Base.Tab>
      ))}
    </Base.List>
    <Base.Panel key={chosen} value={chosen} className={styles['panel']}>
      {children}
    </Base.Panel>
  </Base.Root>
);
