import { type Catalogue, LANGUAGES, type Language, useLanguage, useTexts } from '../language/language.tsx';
import { THEMES, type Theme, useTheme } from '../look/theme.tsx';
import styles from './preferences.module.css';

interface Texts {
  readonly language: string;
  readonly theme: string;
  readonly themes: Readonly<Record<Theme, string>>;
}

const TEXTS: Catalogue<Texts> = {
  en: { language: 'Language', theme: 'Theme', themes: { system: 'System', light: 'Light', dark: 'Dark' } },
  fr: { language: 'Langue', theme: 'Thème', themes: { system: 'Système', light: 'Clair', dark: 'Sombre' } },
};

const NAMES: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français' };

/** How the page looks and what it speaks. */
export const Preferences = () => {
  const texts = useTexts(TEXTS);
  const { language, speak } = useLanguage();
  const [theme, choose] = useTheme();
  return (
    <div className={styles['preferences']}>
      <select aria-label={texts.language} value={language} onChange={({ target }) => speak(target.value as Language)}>
        {LANGUAGES.map((each) => (
          <option key={each} value={each} lang={each}>
            {NAMES[each]}
          </option>
        ))}
      </select>
      <select aria-label={texts.theme} value={theme} onChange={({ target }) => choose(target.value as Theme)}>
        {THEMES.map((each) => (
          <option key={each} value={each}>
            {texts.themes[each]}
          </option>
        ))}
      </select>
    </div>
  );
};
