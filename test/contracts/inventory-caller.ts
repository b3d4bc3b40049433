/** Where an inventory answers, and as whom it is asked. */
interface Place {
  readonly url: string;
  readonly token: string;
}

/** An answer, read. */
export interface Asked {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

type Headers = Readonly<Record<string, string>>;

interface Request {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Headers;
}

interface AskedChange {
  readonly direction: 'reduce' | 'increase';
  readonly quantity: number;
  readonly key?: string;
}

/** Asks an inventory, rightly or wrongly. */
export interface Caller {
  readonly ask: (path: string, request?: Request) => Promise<Asked>;
  readonly read: (productId: string) => Promise<Asked>;
  readonly put: (path: string, body: string, headers?: Headers) => Promise<Asked>;
  readonly change: (productId: string, change: AskedChange) => Promise<Asked>;
}

export const pathOf = (productId: string, direction: string): string =>
  `/stock/products/${encodeURIComponent(productId)}/stock/${direction}`;

export const callerOf = ({ url, token }: Place): Caller => {
  const ask: Caller['ask'] = async (path, { method = 'GET', body, headers = {} } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, text, body: JSON.parse(text) as Asked['body'] };
  };
  const put: Caller['put'] = (path, body, headers = {}) =>
    ask(path, { method: 'PUT', body, headers: { 'content-type': 'application/json', ...headers } });
  return {
    ask,
    put,
    read: (productId) => ask(`/stock/products/${encodeURIComponent(productId)}`),
    change: (productId, { direction, quantity, key }) =>
      put(
        pathOf(productId, direction),
        JSON.stringify({ quantity }),
        key === undefined ? {} : { 'idempotency-key': key },
      ),
  };
};
