import { ExportResultCode } from '@opentelemetry/core';
import { createOtlpHttpExportDelegate } from '@opentelemetry/otlp-exporter-base/node-http';
import { detectResources, resourceAttributesEnvDetector, serviceNameEnvDetector } from '@opentelemetry/resources';
import { VERSION } from '../platform/index.ts';
import { endpointOptions } from './endpoint-options.ts';
import { exportMessage, type ResourceAttributes } from './export-message.ts';
import type { Send } from './span-queue.ts';

/** Who sends: what OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes before what is said here. */
const resourceOf = (roles: readonly string[]): ResourceAttributes => ({
  'service.name': 'panier',
  'service.version': VERSION,
  'service.instance.id': crypto.randomUUID(),
  'process.pid': process.pid,
  'panier.roles': roles,
  'telemetry.sdk.name': 'panier',
  'telemetry.sdk.language': 'nodejs',
  'telemetry.sdk.version': VERSION,
  ...(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] })
    .attributes as ResourceAttributes),
});

/** What it says beside "taken" is that it did not take some, which nobody could send better. */
const unread = (): object => ({});

/**
 * Where spans are sent, by OTLP over HTTP, each batch again while the endpoint asks for that. OpenTelemetry's packages are
 * loaded with this file. @throws {TracingMisconfigured}
 */
export const openEndpoint = (url: string, roles: readonly string[]): Send => {
  const serializeRequest = exportMessage(resourceOf(roles));
  const endpoint = createOtlpHttpExportDelegate<Uint8Array, object>(
    endpointOptions(url),
    { serializeRequest, deserializeResponse: unread },
    'panier',
    { name: 'span', countItems: () => 0 },
    undefined,
  );
  return (written) =>
    new Promise((resolve, reject) => {
      endpoint.export(written, ({ code, error }) => {
        if (code === ExportResultCode.SUCCESS) resolve();
        else reject(error ?? new Error('the endpoint took no spans'));
      });
    });
};
