import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import type { IConfigMap, IServiceAccount } from 'kubernetes-models/v1';
import type { Role } from '../../src/platform/index.ts';
import { CLIENT_PORTS, labelsOf, MONITORING_NAMESPACE, nameOf, OPS_PORT, PANIER } from './named.ts';

/** It asks nothing of Kubernetes, and has no token for it. */
export const ACCOUNT: IServiceAccount = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'panier', labels: PANIER },
  automountServiceAccountToken: false,
};

/** What is the same for all and no secret. */
export const SETTINGS: IConfigMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'panier', labels: PANIER },
  data: {
    PANIER_MODE: 'production',
    PANIER_DEMO_CATALOGUE: 'false',
    PANIER_HOSTS: 'shop.example',
    PANIER_TRUSTED_PROXIES: '10.0.0.0/8',
    LOG_LEVEL: 'info',
  },
};

const toPort = (port: number) => [{ protocol: 'TCP', port } as const];

/** Nobody reaches a process of panier but Prometheus, at its port for operators. */
export const OPS_POLICY: INetworkPolicy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'panier-ops', labels: PANIER },
  spec: {
    podSelector: { matchLabels: PANIER },
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': MONITORING_NAMESPACE } } }],
        ports: toPort(OPS_PORT),
      },
    ],
  },
};

/** What a role answers at is for whoever gets as far as its Service. */
const clientPolicyOf = (role: Role, port: number): INetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: nameOf(role), labels: labelsOf(role) },
  spec: {
    podSelector: { matchLabels: labelsOf(role) },
    policyTypes: ['Ingress'],
    ingress: [{ ports: toPort(port) }],
  },
});

export const CLIENT_POLICIES = Object.entries(CLIENT_PORTS).map(([role, port]) => clientPolicyOf(role as Role, port));
