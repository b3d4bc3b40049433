import type { Plugin } from 'graphql-yoga';

const BODY = JSON.stringify({
  errors: [
    {
      message: 'Send content-type: application/json.',
      extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' },
    },
  ],
});

const isJson = (contentType: string | null): boolean => /^application\/json\s*(;|$)/i.test(contentType ?? '');

/** Forms and plain text are what another site's page may post in a visitor's name without asking; JSON is not. */
export const jsonPostsOnly: Plugin = {
  onRequest: ({ request, endResponse, fetchAPI }) => {
    if (request.method !== 'POST' || isJson(request.headers.get('content-type'))) return;
    endResponse(new fetchAPI.Response(BODY, { status: 415, headers: { 'content-type': 'application/json' } }));
  },
};
