import { readFileSync } from 'node:fs';
import { getStringFromEnv, parseKeyPairsIntoRecord } from '@opentelemetry/core';
import {
  getSharedConfigurationDefaults,
  mergeOtlpSharedConfigurationWithDefaults,
} from '@opentelemetry/otlp-exporter-base';
import {
  getSharedConfigurationFromEnvironment,
  httpAgentFactoryFromOptions,
} from '@opentelemetry/otlp-exporter-base/node-http';
import { TracingMisconfigured } from './tracing-failures.ts';

const SHARED = 'OTEL_EXPORTER_OTLP_';
const OWN = `${SHARED}TRACES_`;

const headersFromEnvironment = () => ({
  ...parseKeyPairsIntoRecord(getStringFromEnv(`${SHARED}HEADERS`)),
  ...parseKeyPairsIntoRecord(getStringFromEnv(`${OWN}HEADERS`)),
});

/** @throws {TracingMisconfigured} */
const fileNamedBy = (setting: string): Buffer | undefined => {
  const name = getStringFromEnv(`${OWN}${setting}`) === undefined ? `${SHARED}${setting}` : `${OWN}${setting}`;
  const path = getStringFromEnv(name);
  if (path === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new TracingMisconfigured(`${name} is "${path}", which cannot be read: set it to the path of a PEM file.`, {
      cause,
    });
  }
};

/** How spans are sent there, by the standard's variables. Source: OpenTelemetry, OTLP exporter configuration. */
export const endpointOptions = (url: string) => {
  const headers = { ...headersFromEnvironment(), 'Content-Type': 'application/x-protobuf' };
  const [ca, cert, key] = ['CERTIFICATE', 'CLIENT_CERTIFICATE', 'CLIENT_KEY'].map(fileNamedBy);
  return {
    ...mergeOtlpSharedConfigurationWithDefaults(
      {},
      getSharedConfigurationFromEnvironment('TRACES'),
      getSharedConfigurationDefaults(),
    ),
    url,
    // Each request adds to them.
    headers: async () => ({ ...headers }),
    agentFactory: httpAgentFactoryFromOptions({
      keepAlive: true,
      ...(ca && { ca }),
      ...(cert && { cert }),
      ...(key && { key }),
    }),
  };
};
