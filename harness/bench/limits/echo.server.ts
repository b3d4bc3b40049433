import { text } from 'node:stream/consumers';
import { serve } from './listen.ts';

await serve(async (request, response) => {
  const body = await text(request);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
});
