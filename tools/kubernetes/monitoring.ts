import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { PANIER } from './named.ts';

/** For Prometheus' operator. Each process tells of itself; the rules of deploy/prometheus want the job to be called panier. */
export const MONITOR: IPodMonitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: { name: 'panier', labels: PANIER },
  spec: {
    jobLabel: 'app.kubernetes.io/name',
    podTargetLabels: ['app.kubernetes.io/component'],
    selector: { matchLabels: PANIER },
    podMetricsEndpoints: [{ port: 'ops', path: '/metrics', interval: '15s' }],
  },
};
