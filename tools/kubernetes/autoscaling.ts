import type { IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import type { Role } from '../../src/platform/index.ts';
import { labelsOf, MONITORING_NAMESPACE, nameOf } from './named.ts';

const PROMETHEUS = `http://prometheus.${MONITORING_NAMESPACE}.svc:9090`;
const BOUNDS = { min: 2, max: 8 };

/** Those whose members share the work: of a role that takes turns, more would only wait. */
const GROUPS = { saga: 'inventory-saga-consumer', payment: 'ecommerce-api' } as const;

/** Entries that a member handles within some seconds. */
const LAG_OF_A_MEMBER = 2_000;

/** Each gateway tells of the whole, so the largest is taken. */
const lagOf = (group: string): string =>
  `sum(max by (stream) (panier_group_lag_entries{group="${group}"})) + sum(max by (stream) (panier_group_pending_entries{group="${group}"}))`;

/** By what a consumer group has before it: KEDA asks Prometheus, and scales as a HorizontalPodAutoscaler does. */
const byLag = ([role, group]: readonly [keyof typeof GROUPS, string]): IScaledObject => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: nameOf(role), labels: labelsOf(role) },
  spec: {
    scaleTargetRef: { name: nameOf(role) },
    minReplicaCount: BOUNDS.min,
    maxReplicaCount: BOUNDS.max,
    pollingInterval: 15,
    // Where nobody tells, half a fleet would be no answer: as many as there are.
    fallback: { failureThreshold: 4, replicas: BOUNDS.min },
    triggers: [
      {
        type: 'prometheus',
        metricType: 'AverageValue',
        metadata: { serverAddress: PROMETHEUS, query: lagOf(group), threshold: String(LAG_OF_A_MEMBER) },
      },
    ],
  },
});

/** Who answers clients has work as long as its processor has. */
const byProcessor = (role: Role): IHorizontalPodAutoscaler => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: nameOf(role), labels: labelsOf(role) },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: nameOf(role) },
    minReplicas: BOUNDS.min,
    maxReplicas: BOUNDS.max,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
    // A gateway that ends takes its subscribers' connections with it: they come back, all at once.
    behavior: {
      scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }] },
    },
  },
});

export const AUTOSCALERS = [
  byProcessor('gateway'),
  byProcessor('inventory-api'),
  ...Object.entries(GROUPS).map(([role, group]) => byLag([role as keyof typeof GROUPS, group])),
];

/** Roles whose number of pods is theirs to say. */
export const SCALED = ['gateway', 'inventory-api', ...Object.keys(GROUPS)] as readonly Role[];
