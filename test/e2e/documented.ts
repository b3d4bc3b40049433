import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answered } from './ask-inventory.ts';

interface Reference {
  readonly $ref: string;
}

interface Response {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly content: Readonly<Record<string, object>>;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Response | Reference>>;
}

/** As much of an OpenAPI document as is asked of one here. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, Response>> };
}

const inPointer = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));

interface Place {
  readonly response: Response;
  /** Of the response, in the document. */
  readonly pointer: string;
}

/** What a document says of a service, held against what the service answers. */
export class Documented {
  readonly #document: OpenApi;
  readonly #ajv: Ajv2020;
  readonly #places = new Map<string, Place>();
  readonly #seen = new Set<string>();

  constructor(document: OpenApi) {
    this.#document = document;
    // The document has more than schemas, which a validator of schemas need not know.
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, 'openapi');
    for (const [path, operations] of Object.entries(document.paths))
      for (const [method, operation] of Object.entries(operations)) this.#enter(path, method, operation);
  }

  /** What is wrong with an answer, by the document; also notes that it was seen. */
  complaintsAbout(operationId: string, answered: Answered): readonly string[] {
    const name = `${operationId} ${answered.status}`;
    const place = this.#places.get(name);
    if (place === undefined) return [`${name} is not in the document`];
    this.#seen.add(name);
    const type = answered.headers['content-type'] ?? '';
    if (place.response.content[type] === undefined) return [`${name} has the type ${type}`];
    const missing = Object.entries(place.response.headers ?? {})
      .filter(([header, { required }]) => required === true && answered.headers[header.toLowerCase()] === undefined)
      .map(([header]) => `${name} is without ${header}`);
    return [...missing, ...this.#complaintsAboutBody(`${place.pointer}/content/${inPointer(type)}/schema`, answered)];
  }

  /** What the document has, and no answer was. */
  get unseen(): readonly string[] {
    return [...this.#places.keys()].filter((name) => !this.#seen.has(name));
  }

  #complaintsAboutBody(pointer: string, { text }: Answered): readonly string[] {
    const validate: ValidateFunction = this.#ajv.compile({ $ref: `openapi${pointer}` });
    if (validate(JSON.parse(text))) return [];
    return [`${text}: ${this.#ajv.errorsText(validate.errors)}`];
  }

  #enter(path: string, method: string, { operationId, responses }: Operation): void {
    for (const [status, given] of Object.entries(responses)) {
      const own = `#/paths/${inPointer(path)}/${method}/responses/${status}`;
      this.#places.set(`${operationId} ${status}`, this.#resolved(given, own));
    }
  }

  #resolved(given: Response | Reference, pointer: string): Place {
    if (!('$ref' in given)) return { response: given, pointer };
    const response = this.#document.components.responses[given.$ref.split('/').at(-1) ?? ''];
    if (response === undefined) throw new Error(`The document has no ${given.$ref}.`);
    return { response, pointer: given.$ref };
  }
}
