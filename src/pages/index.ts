// The only door into this folder from others.
export { openPages, type PageRefusal, type Pages } from './answer-pages.ts';
export { BUILT_PAGES_FOLDER, type BuiltPages, DOCUMENTS_FILE, NO_PAGES, readBuiltPages } from './built-pages.ts';
