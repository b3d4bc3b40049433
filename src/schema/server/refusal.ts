import type { Refuse } from '../../http/index.ts';

export { defectRefusal, type Refusal, refuseUpgrade } from '../../http/index.ts';

/** Answers with the refusal in GraphQL's form. */
export const refuseRequest: Refuse = (response, refusal) => {
  if (response.headersSent || response.destroyed) return;
  const { status, code, message, reason, extensions, headers, correlationId } = refusal;
  if (reason !== undefined) response.statusMessage = reason;
  const body = JSON.stringify({ errors: [{ message, extensions: { code, correlationId, ...extensions } }] });
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(body);
};
