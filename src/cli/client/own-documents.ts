import documents from './generated/persisted-documents.json' with { type: 'json' };

/** The documents of this client, by their hash: a gateway that is given them runs them by it. */
export const OWN_DOCUMENTS: Readonly<Record<string, string>> = documents;
