import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { ShopPayments } from '../platform/index.ts';
import type { BuiltFile } from './built-pages.ts';

/** As it stands in shop/index.html; shop/checkout/payments.ts reads it. */
const PLACE = '<meta name="panier-payments" data-provider="simulated" />';

const withText = (file: BuiltFile, text: string): BuiltFile => {
  const identity = Buffer.from(text);
  return { ...file, identity, br: brotliCompressSync(identity), gzip: gzipSync(identity) };
};

/** The shop's page, which says how its customers pay. */
export const withPayments = (file: BuiltFile, payments: ShopPayments): BuiltFile => {
  if (payments.kind === 'Simulated') return file;
  const text = file.identity.toString();
  if (!text.includes(PLACE)) throw new Error('The shop was built by another version: run "npm run pages".');
  const { publishableKey = '', library } = payments;
  const { href } = new URL(library);
  const said = `<meta name="panier-payments" data-provider="stripe" data-key="${publishableKey}" data-library="${href}" />`;
  return withText(
    file,
    text.replace(PLACE, () => said),
  );
};
