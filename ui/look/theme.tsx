import { useState } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEPT_UNDER = 'panier.theme';

const kept = (): Theme => THEMES.find((each) => each === localStorage.getItem(KEPT_UNDER)) ?? 'system';

const show = (theme: Theme): void => {
  document.documentElement.dataset['theme'] = theme;
};

/** Shows what was chosen before; once, before anything is drawn. */
export const showKeptTheme = (): void => show(kept());

/** Light, dark, or as the system is. */
export const useTheme = (): readonly [Theme, (theme: Theme) => void] => {
  const [theme, setTheme] = useState(kept);
  const choose = (chosen: Theme): void => {
    localStorage.setItem(KEPT_UNDER, chosen);
    show(chosen);
    setTheme(chosen);
  };
  return [theme, choose];
};
