import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { localeOf } from './locale.ts';

/** What panier's pages speak. */
export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The texts of one part of a page, in each language. English says which there are; a text with something in it is a function. */
export type Catalogue<Texts> = Readonly<Record<Language, Texts>>;

interface Spoken {
  readonly language: Language;
  /** For what `Intl` writes. */
  readonly locale: string;
  readonly speak: (language: Language) => void;
}

const KEPT_UNDER = 'panier.language';

const isLanguage = (given: string | null | undefined): given is Language => LANGUAGES.some((each) => each === given);

const firstLanguage = (): Language => {
  const kept = localStorage.getItem(KEPT_UNDER);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((each) => each.slice(0, 2)).find(isLanguage) ?? 'en';
};

const LanguageContext = createContext<Spoken | null>(null);

/** Speaks what was chosen before, or else what the browser asks for. */
export const Speaking = ({ children }: { readonly children: ReactNode }) => {
  const [language, setLanguage] = useState(firstLanguage);
  const spoken = useMemo(() => {
    const speak = (chosen: Language): void => {
      localStorage.setItem(KEPT_UNDER, chosen);
      setLanguage(chosen);
    };
    return { language, locale: localeOf(language, navigator.languages), speak };
  }, [language]);
  useEffect(() => document.documentElement.setAttribute('lang', language), [language]);
  return <LanguageContext value={spoken}>{children}</LanguageContext>;
};

export const useLanguage = (): Spoken => {
  const spoken = use(LanguageContext);
  if (spoken === null) throw new Error('useLanguage: nothing above is <Speaking>.');
  return spoken;
};

/** The texts of the catalogue, in the language that is spoken. */
export const useTexts = <Texts,>(catalogue: Catalogue<Texts>): Texts => catalogue[useLanguage().language];
