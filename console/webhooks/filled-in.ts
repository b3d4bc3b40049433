import type { WebhookFormat } from '../../ui/generated/operations.ts';

const textIn = (form: FormData, name: string): string => {
  const given = form.get(name);
  return typeof given === 'string' ? given.trim() : '';
};

/** The event types that were written down, in whatever way they are set apart; null: of all types. */
export const readTypes = (text: string): readonly string[] | null => {
  const types = text.split(/[\s,;]+/).filter((type) => type !== '');
  return types.length === 0 ? null : [...new Set(types)];
};

const formatIn = (form: FormData): WebhookFormat => (textIn(form, 'format') === 'BINARY' ? 'BINARY' : 'STRUCTURED');

/** What the form of an endpoint says. */
export const readEndpoint = (form: FormData) => ({
  url: textIn(form, 'url'),
  eventTypes: readTypes(textIn(form, 'types')),
  format: formatIn(form),
});

const USUAL_HOURS = 24;

/** For how many hours both secrets are to be good; what is no number is left to the API to refuse. */
export const readOverlapHours = (form: FormData): number => {
  const given = textIn(form, 'hours');
  return given === '' ? USUAL_HOURS : Number(given);
};

/** From where to send again. */
export type RedeliverFrom =
  | { readonly kind: 'First' }
  | { readonly kind: 'Instant'; readonly at: string }
  | { readonly kind: 'Cursor'; readonly cursor: string };

export const readRedeliverFrom = (form: FormData): RedeliverFrom => {
  const from = textIn(form, 'from');
  if (from === 'Instant') return { kind: 'Instant', at: textIn(form, 'at') };
  return from === 'Cursor' ? { kind: 'Cursor', cursor: textIn(form, 'cursor') } : { kind: 'First' };
};
