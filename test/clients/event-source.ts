const query = 'subscription ($id: ID!) { orderStatus(orderId: $id) { step { revision } order { status } } }';

interface Place {
  readonly url: string;
  /** Of the mutation streamTicket. */
  readonly ticket: string;
}

/** It resumes by itself; when it is not closed at the end, it comes once more for a 204. */
export const followOrder = ({ url, ticket }: Place, id: string, show: (data: unknown) => void): EventSource => {
  const search = new URLSearchParams({ query, variables: JSON.stringify({ id }), ticket });
  const source = new EventSource(`${url}?${search}`);
  source.addEventListener('next', ({ data }: MessageEvent<string>) => show(JSON.parse(data)));
  source.addEventListener('complete', () => source.close());
  return source;
};
