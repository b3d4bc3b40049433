import { stringify } from 'yaml';
import { ROLES } from '../../src/platform/index.ts';
import { AUTOSCALERS, SCALED } from './autoscaling.ts';
import { MONITOR } from './monitoring.ts';
import { NAMESPACE, nameOf } from './named.ts';
import { ACCOUNT, CLIENT_POLICIES, OPS_POLICY, SETTINGS } from './shared.ts';
import { workloadOf } from './workload.ts';

/** From deploy/kubernetes. */
export interface KubernetesFile {
  readonly path: string;
  readonly text: string;
}

const HEAD = '# `npm run kubernetes` writes it, out of tools/kubernetes. docs/containers.md says how to use it.\n';

const fileOf = (path: string, objects: readonly object[]): KubernetesFile => ({
  path,
  text: HEAD + objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n'),
});

const KUSTOMIZATION = 'kustomization.yaml';

const base = [
  fileOf('account.yaml', [ACCOUNT]),
  fileOf('settings.yaml', [SETTINGS]),
  fileOf('network.yaml', [OPS_POLICY, ...CLIENT_POLICIES]),
  ...ROLES.map((role) => fileOf(`${role}.yaml`, workloadOf(role))),
];

const KUSTOMIZE = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };
const COMPONENT = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' };

/** Whoever scales says how many there are, and nobody else. */
const withoutReplicas = SCALED.map((role) => ({
  target: { kind: 'Deployment', name: nameOf(role) },
  patch: stringify([{ op: 'remove', path: '/spec/replicas' }]),
}));

const BASE = 'base';

/** All files of deploy/kubernetes, each whole by itself; components are for those who have what they need. */
export const KUBERNETES_FILES: readonly KubernetesFile[] = [
  ...base.map(({ path, text }) => ({ path: `${BASE}/${path}`, text })),
  fileOf(`${BASE}/${KUSTOMIZATION}`, [
    {
      ...KUSTOMIZE,
      namespace: NAMESPACE,
      resources: base.map(({ path }) => path),
      images: [{ name: 'panier', newTag: 'latest' }],
    },
  ]),
  fileOf('autoscaling/autoscalers.yaml', AUTOSCALERS),
  fileOf(`autoscaling/${KUSTOMIZATION}`, [{ ...COMPONENT, resources: ['autoscalers.yaml'], patches: withoutReplicas }]),
  fileOf('monitoring/monitor.yaml', [MONITOR]),
  fileOf(`monitoring/${KUSTOMIZATION}`, [{ ...COMPONENT, resources: ['monitor.yaml'] }]),
  fileOf(`full/${KUSTOMIZATION}`, [
    { ...KUSTOMIZE, namespace: NAMESPACE, resources: [`../${BASE}`], components: ['../autoscaling', '../monitoring'] },
  ]),
];
