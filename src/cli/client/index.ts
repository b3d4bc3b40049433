export { type Answer, accepted, dataOfEach, RequestFailed } from './answer.ts';
export { type Client, type ClientOptions, connect } from './connect.ts';
export * from './generated/graphql.ts';
export { OWN_DOCUMENTS } from './own-documents.ts';
