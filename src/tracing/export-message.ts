import { type AttributeValue, writeAttribute } from './attribute-message.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

/** Who sends. */
export type ResourceAttributes = Readonly<Record<string, AttributeValue>>;

/** Numbers of fields, by the messages that they are of. Source: opentelemetry-proto 1.x, collector/trace/v1, trace/v1. */
const REQUEST = { resourceSpans: 1 } as const;
const RESOURCE_SPANS = { resource: 1, scopeSpans: 2 } as const;
const RESOURCE = { attributes: 1 } as const;
const SCOPE_SPANS = { scope: 1 } as const;
const SCOPE = { name: 1 } as const;

const writeResource = (to: ProtobufWriter, attributes: ResourceAttributes): void => {
  const resource = to.open(RESOURCE_SPANS.resource);
  for (const attribute of Object.entries(attributes)) writeAttribute(to, RESOURCE.attributes, attribute);
  to.close(resource);
};

const writeScope = (to: ProtobufWriter): void => {
  const scope = to.open(SCOPE_SPANS.scope);
  to.text(SCOPE.name, 'panier');
  to.close(scope);
};

/** Makes an `ExportTraceServiceRequest` of spans that are written as those of a `ScopeSpans`. */
export const exportMessage = (resource: ResourceAttributes): ((spans: Uint8Array) => Uint8Array) => {
  const to = new ProtobufWriter();
  return (spans) => {
    const resourceSpans = to.open(REQUEST.resourceSpans);
    writeResource(to, resource);
    const scopeSpans = to.open(RESOURCE_SPANS.scopeSpans);
    writeScope(to);
    to.bytes(spans);
    to.close(scopeSpans);
    to.close(resourceSpans);
    return to.take();
  };
};
