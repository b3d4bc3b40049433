import { answerTo } from '../operator.ts';

export interface Letter {
  readonly id: string;
  readonly consumerGroup: string;
  readonly error: string;
  readonly type: string;
}

interface Node extends Omit<Letter, 'type'> {
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

interface Answer {
  readonly deadLetters: {
    readonly edges: readonly { readonly node: Node }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const PAGE = 100;
const AT_ONCE = 8;

const LETTERS = `query ($first: Int, $after: String) { deadLetters(first: $first, after: $after) {
  edges { node { id consumerGroup error fields { name value } } }
  pageInfo { hasNextPage endCursor }
} }`;
const RETRY = `mutation ($id: ID!) { done: retryDeadLetter(input: { id: $id }) {
  __typename ... on UserError { message }
} }`;
const DISCARD = `mutation ($id: ID!) {
  done: discardDeadLetter(input: { id: $id, reason: "of a type that was never agreed on" }) {
    __typename ... on UserError { message }
  }
}`;

/** Every open dead letter. */
export const openLetters = async (url: string): Promise<readonly Letter[]> => {
  const letters: Letter[] = [];
  for (let after: string | null = null; ; ) {
    const { deadLetters }: Answer = await answerTo(url, LETTERS, { first: PAGE, after });
    for (const { node } of deadLetters.edges) {
      const type = node.fields.find(({ name }) => name === 'event_type')?.value ?? '';
      letters.push({ ...node, type });
    }
    if (!deadLetters.pageInfo.hasNextPage) return letters;
    after = deadLetters.pageInfo.endCursor;
  }
};

type Decided = { readonly done: { readonly __typename: string; readonly message?: string } };

const decide = async (url: string, query: string, letters: readonly Letter[]): Promise<void> => {
  const left = letters.values();
  const work = async (): Promise<void> => {
    for (const { id } of left) {
      const { done } = await answerTo<Decided>(url, query, { id });
      if (done.__typename !== 'DeadLetter') throw new Error(`${id}: ${done.message}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};

export const retryAll = (url: string, letters: readonly Letter[]): Promise<void> => decide(url, RETRY, letters);

export const discardAll = (url: string, letters: readonly Letter[]): Promise<void> => decide(url, DISCARD, letters);
