import { createClient } from 'graphql-ws';
import { resuming } from './resuming.ts';

/** `token` is asked for again with every connection. Left alone, the client gives up where a connection ends with an error. */
export const connectWebSocket = (url: string, token: () => Promise<string>) =>
  resuming(
    createClient({
      url: url.replace(/^http/, 'ws'),
      shouldRetry: () => true,
      connectionParams: async () => ({ authorization: `Bearer ${await token()}` }),
    }),
  );
