/** What a client goes by in an error of a GraphQL answer. */
interface AnswerError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** The API did not do what it was asked: the request was wrong, or something it needs is away. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  readonly errors: readonly AnswerError[];

  constructor(errors: readonly AnswerError[]) {
    super(errors.map(({ message }) => message).join('; '));
    this.errors = errors;
  }

  /** The machine-readable reasons: `extensions.code` of each error. */
  get codes(): readonly unknown[] {
    return this.errors.map(({ extensions }) => extensions?.['code']);
  }
}

/** What comes back for an operation, whatever carried it. */
export interface Answer<Result> {
  readonly data?: Result | null | undefined;
  readonly errors?: readonly AnswerError[] | undefined;
}

/** The data of an answer without errors. @throws {RequestFailed} */
export const dataOf = <Result>({ data, errors = [] }: Answer<Result>): Result => {
  if (errors.length > 0 || data === undefined || data === null) throw new RequestFailed(errors);
  return data;
};

/** The data of each answer, until there are no more. @throws {RequestFailed} */
export async function* dataOfEach<Result>(answers: AsyncIterable<Answer<Result>>): AsyncGenerator<Result, void> {
  for await (const answer of answers) yield dataOf<Result>(answer);
}

interface Refused {
  readonly code: string;
  readonly message: string;
}

type Accepted<Result> = Exclude<Result, Refused>;

const isRefused = (result: object): result is Refused => 'code' in result;

/** What a command made, its refusal taken for a failure. @throws {Error} with the refusal's code and message */
export const accepted = <Result extends object>(result: Result): Accepted<Result> => {
  if (isRefused(result)) throw new Error(`${result.code}: ${result.message}`);
  return result as Accepted<Result>;
};
