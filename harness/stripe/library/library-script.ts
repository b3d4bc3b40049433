import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

const PATH = join(import.meta.dirname, 'stripe-js.ts');
const EXPORTED = 'export const Stripe =';

/** What stands in for Stripe's library in a browser: a classic script, that leaves `Stripe` alone behind. */
export const libraryScript = (): string => {
  const script = stripTypeScriptTypes(readFileSync(PATH, 'utf8'));
  return `{${script.replace(EXPORTED, 'window.Stripe =')}}`;
};
