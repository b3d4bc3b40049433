type Fields = Readonly<Record<string, unknown>>;

export interface ReplyError {
  readonly message: string;
  readonly code: string | null;
}

/** An answer, read: or why it is none. */
export type Reply =
  | { readonly type: 'Reply'; readonly data: Fields | null | undefined; readonly errors: readonly ReplyError[] }
  | { readonly type: 'Malformed'; readonly why: string };

const KEYS = new Set(['data', 'errors', 'extensions']);

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const malformed = (why: string): Reply => ({ type: 'Malformed', why });

const errorOf = (error: unknown): ReplyError | null => {
  if (!isObject(error) || typeof error['message'] !== 'string') return null;
  const extensions = isObject(error['extensions']) ? error['extensions'] : {};
  const code = extensions['code'];
  return { message: error['message'], code: typeof code === 'string' ? code : null };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What an answer says. Source: the GraphQL specification, "Response Format". */
export const readReply = (text: string): Reply => {
  const reply = parsed(text);
  if (!isObject(reply)) return malformed(`no JSON object: ${text.slice(0, 100)}`);
  const odd = Object.keys(reply).filter((key) => !KEYS.has(key));
  if (odd.length > 0) return malformed(`unknown entries: ${odd.join(', ')}`);
  const { data, errors } = reply;
  if (data === undefined && errors === undefined) return malformed('neither data nor errors');
  if (data !== undefined && data !== null && !isObject(data)) return malformed('data is no object');
  if (errors !== undefined && (!Array.isArray(errors) || errors.length === 0)) return malformed('errors is no list');
  const read = ((errors ?? []) as readonly unknown[]).map(errorOf);
  const sound = read.filter((error) => error !== null);
  return sound.length === read.length
    ? { type: 'Reply', data, errors: sound }
    : malformed('an error without a message');
};
