interface Message {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly payload?: { readonly query?: unknown } | null;
}

const isByHash = (text: string): boolean => text.includes('"documentId"') || text.includes('"persistedQuery"');

/** What a client says; null when it is no JSON. */
export const readMessage = (text: string): Message | null => {
  try {
    return JSON.parse(text) as Message | null;
  } catch {
    return null;
  }
};

/** A message that asks by a hash alone, with an empty text beside it: graphql-ws takes no operation without one. */
export const withAnyText = (text: string): string => {
  if (!isByHash(text)) return text;
  const message = readMessage(text);
  if (message?.type !== 'subscribe' || typeof message.payload !== 'object' || message.payload === null) return text;
  const { payload } = message;
  return JSON.stringify({ ...message, payload: { ...payload, query: payload.query ?? '' } });
};
