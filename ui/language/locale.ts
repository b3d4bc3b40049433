/** How numbers and times are written: as the browser asks for where that is the language that is spoken ("en-GB"). */
export const localeOf = (language: string, asked: readonly string[]): string =>
  asked.find((each) => each.split('-')[0] === language) ?? language;
