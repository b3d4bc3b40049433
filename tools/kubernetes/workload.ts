import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IService } from 'kubernetes-models/v1';
import type { Role } from '../../src/platform/index.ts';
import { CLIENT_PORTS, labelsOf, nameOf } from './named.ts';
import { podOf } from './pod.ts';

/** One at a time does upkeep, and one that is away holds up nobody. */
const replicasOf = (role: Role): number => (role === 'upkeep' ? 1 : 2);

const metadataOf = (role: Role) => ({ name: nameOf(role), labels: labelsOf(role) });

const deploymentOf = (role: Role): IDeployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadataOf(role),
  spec: {
    replicas: replicasOf(role),
    // As long as a start may last: sooner, an update that goes well would count as failed.
    progressDeadlineSeconds: 3_900,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    selector: { matchLabels: labelsOf(role) },
    template: { metadata: { labels: labelsOf(role) }, spec: podOf(role) },
  },
});

const budgetOf = (role: Role): IPodDisruptionBudget => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: metadataOf(role),
  spec: { maxUnavailable: 1, selector: { matchLabels: labelsOf(role) } },
});

const serviceOf = (role: Role, port: number): IService => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadataOf(role),
  spec: { selector: labelsOf(role), ports: [{ name: 'http', port, targetPort: 'http' }] },
});

/** What runs a role, and keeps enough of it running. */
export const workloadOf = (role: Role) => {
  const port = CLIENT_PORTS[role];
  return [deploymentOf(role), budgetOf(role), ...(port === undefined ? [] : [serviceOf(role, port)])];
};
