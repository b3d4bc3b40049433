import type { IPod } from 'kubernetes-models/v1';
import { type Role, urlVariablesOf } from '../../src/platform/index.ts';
import { CLIENT_PORTS, labelsOf, OPS_PORT } from './named.ts';

type PodSpec = NonNullable<IPod['spec']>;
type Container = PodSpec['containers'][number];
type Spread = NonNullable<PodSpec['topologySpreadConstraints']>[number];
type Variable = NonNullable<Container['env']>[number];

const ASKED: readonly Role[] = ['gateway', 'inventory-api'];
const TOKENS = ['PANIER_JWT_SECRET', 'PANIER_JWT_PUBLIC_KEY'];
const STRIPE: Readonly<Partial<Record<Role, readonly string[]>>> = {
  gateway: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  payment: ['STRIPE_SECRET_KEY'],
};
const INVENTORY: readonly Role[] = ['gateway', 'inventory-api', 'saga'];

/** Of all that is secret, what this role needs: no other knows a service's password. */
const secretsOf = (role: Role): readonly string[] => [
  ...urlVariablesOf(role),
  ...(ASKED.includes(role) ? TOKENS : []),
  ...(role === 'gateway' ? ['PANIER_READ_DATABASE_URLS'] : []),
  ...(STRIPE[role] ?? []),
  ...(INVENTORY.includes(role) ? ['PANIER_INVENTORY_TOKEN'] : []),
];

/** One that is not there stays unset; what panier cannot do without, it says at the start. */
const fromSecret = (name: string): Variable => ({
  name,
  valueFrom: { secretKeyRef: { name: 'panier', key: name, optional: true } },
});

const RESOURCES: Readonly<Partial<Record<Role, Container['resources']>>> = {
  gateway: { requests: { cpu: '500m', memory: '512Mi' }, limits: { memory: '1Gi' } },
  audit: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '768Mi' } },
  upkeep: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
};
const FEWER_RESOURCES: Container['resources'] = {
  requests: { cpu: '100m', memory: '256Mi' },
  limits: { memory: '512Mi' },
};

const asks = (path: string) => ({ httpGet: { path, port: 'ops' } });

/** By all that is ready, a server that all of them share and can answer without would take all of them away at once. */
const readinessOf = (role: Role): string => (ASKED.includes(role) ? '/readyz/serving' : '/readyz');

const probesOf = (role: Role) =>
  ({
    // An hour: one that makes read models anew, or waits for who does, must not be ended over it, for it would begin again.
    startupProbe: { ...asks('/startupz'), periodSeconds: 5, failureThreshold: 720 },
    livenessProbe: { ...asks('/livez'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    readinessProbe: { ...asks(readinessOf(role)), periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
  }) as const satisfies Partial<Container>;

const portsOf = (role: Role) => {
  const port = CLIENT_PORTS[role];
  const ops = { name: 'ops', containerPort: OPS_PORT };
  return port === undefined ? [ops] : [{ name: 'http', containerPort: port }, ops];
};

/** Who is told of a pod's end may be so later than the pod: until then it goes on answering. */
const farewellOf = (role: Role): Pick<Container, 'lifecycle'> =>
  ASKED.includes(role) ? { lifecycle: { preStop: { sleep: { seconds: 5 } } } } : {};

const containerOf = (role: Role): Container => ({
  name: 'panier',
  image: 'panier',
  env: [{ name: 'PANIER_ROLES', value: role }, ...secretsOf(role).map(fromSecret)],
  envFrom: [{ configMapRef: { name: 'panier' } }],
  ports: portsOf(role),
  ...probesOf(role),
  ...farewellOf(role),
  resources: RESOURCES[role] ?? FEWER_RESOURCES,
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
});

/** Not the same: one zone or node may be all that there is. */
const spreadOver = (role: Role, topologyKey: string): Spread => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: labelsOf(role) },
});

/** The pod of a role, which may do nothing to what it runs on. */
export const podOf = (role: Role): PodSpec => ({
  serviceAccountName: 'panier',
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 1000,
    runAsGroup: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  // Five seconds to be forgotten, five to end.
  terminationGracePeriodSeconds: 20,
  topologySpreadConstraints: [
    spreadOver(role, 'topology.kubernetes.io/zone'),
    spreadOver(role, 'kubernetes.io/hostname'),
  ],
  containers: [containerOf(role)],
  volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }],
});
