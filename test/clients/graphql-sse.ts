import { createClient, type ExecutionResult } from 'graphql-sse';

interface Place {
  readonly url: string;
  readonly token: string;
}

interface Update {
  readonly orderStatus: { readonly cursor: string; readonly step: { readonly revision: number } | null };
}

const query =
  'subscription ($id: ID!, $after: String) { orderStatus(orderId: $id, after: $after) { cursor step { revision } } }';

/** Each subscription has a connection of its own. What `variables` hold is sent again when it has to be made anew. */
export const watchOrder = ({ url, token }: Place, id: string, show: (update: Update) => void): Promise<void> => {
  const client = createClient({ url, headers: { authorization: `Bearer ${token}` } });
  const variables: { readonly id: string; after: string | null } = { id, after: null };
  const next = ({ data }: ExecutionResult<Update>): void => {
    if (!data) return;
    variables.after = data.orderStatus.cursor;
    show(data);
  };
  return new Promise((complete, error) => {
    client.subscribe<Update>({ query, variables }, { next, error, complete });
  });
};
