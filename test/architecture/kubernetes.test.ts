import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { ScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1';
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { Deployment, type IDeployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service, ServiceAccount } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { ROLES, readConfig } from '../../src/platform/index.ts';
import { KUBERNETES_FILES } from '../../tools/kubernetes/files.ts';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec?: Readonly<Record<string, unknown>>;
}

const FOLDER = 'deploy/kubernetes';

/** By the schemas that Kubernetes, KEDA and Prometheus’ operator publish. */
const MODELS = {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  NetworkPolicy,
  PodDisruptionBudget,
  PodMonitor,
  ScaledObject,
  Service,
  ServiceAccount,
};

const validate = (manifest: Manifest): void => {
  const Model = MODELS[manifest.kind as keyof typeof MODELS] as new (data: object) => { validate: () => void };
  new Model(manifest).validate();
};

const manifestsIn = (text: string): readonly Manifest[] =>
  parseAllDocuments(text).map((document) => document.toJS() as Manifest);

const isKustomization = (path: string): boolean => path.endsWith('kustomization.yaml');

const MANIFESTS = KUBERNETES_FILES.filter(({ path }) => !isKustomization(path)).flatMap(({ text }) =>
  manifestsIn(text),
);

const ofKind = (kind: string): readonly Manifest[] => MANIFESTS.filter((each) => each.kind === kind);

const deployments = MANIFESTS.filter((each): each is Manifest & IDeployment => each.kind === 'Deployment');
const podOf = ({ spec }: IDeployment) => spec?.template.spec;
const containerOf = (deployment: IDeployment) => podOf(deployment)?.containers[0];
const readinessPathOf = (deployment: IDeployment) => containerOf(deployment)?.readinessProbe?.httpGet?.path;

describe('deploy/kubernetes', () => {
  it('takes gateways and inventory-apis from their clients only where they can answer nothing', () => {
    const serving = deployments.filter((each) => readinessPathOf(each) === '/readyz/serving');
    expect(serving.map(({ metadata }) => metadata.name).toSorted()).toEqual(['panier-gateway', 'panier-inventory-api']);
  });

  it('is what tools/kubernetes writes', () => {
    const written = globSync('**/*.yaml', { cwd: FOLDER }).toSorted();
    expect(written).toEqual(KUBERNETES_FILES.map(({ path }) => path).toSorted());
    for (const { path, text } of KUBERNETES_FILES) expect(readFileSync(`${FOLDER}/${path}`, 'utf8')).toBe(text);
  });

  it.each(MANIFESTS.map((each) => [each.kind, each.metadata.name, each] as const))(
    'has a %s %s that its schema allows',
    (_kind, _name, manifest) => expect(() => validate(manifest)).not.toThrow(),
  );

  it.each([
    { path: 'base/gateway.yaml', right: 'containerPort: 4000', wrong: 'containerPort: http', said: 'must be integer' },
    {
      path: 'base/saga.yaml',
      right: 'whenUnsatisfiable: ScheduleAnyway',
      wrong: 'whenUnsatisfiable: Never',
      said: 'allowed',
    },
    { path: 'base/relay.yaml', right: 'selector:', wrong: 'selectors:', said: 'selector' },
    {
      path: 'autoscaling/autoscalers.yaml',
      right: 'threshold: "2000"',
      wrong: 'threshold: 2000',
      said: 'must be string',
    },
    { path: 'monitoring/monitor.yaml', right: 'selector:', wrong: 'selectors:', said: 'selector' },
  ])('would not pass with $wrong', ({ path, right, wrong, said }) => {
    const text = KUBERNETES_FILES.find((file) => file.path === path)?.text ?? '';
    expect(text).toContain(right);
    expect(() => manifestsIn(text.replace(right, wrong)).forEach(validate)).toThrow(said);
  });
});

describe('what runs on Kubernetes', () => {
  const settings = parse(KUBERNETES_FILES.find(({ path }) => path === 'base/settings.yaml')?.text ?? '') as {
    readonly data: Readonly<Record<string, string>>;
  };
  const secrets = {
    DATABASE_URL: 'postgres://panier@db.example/panier',
    REDIS_URL: 'redis://cache.example',
    PANIER_JWT_SECRET: 'what signs the tokens of a panier on Kubernetes',
  };

  it('is each role, with a configuration that it starts with', () => {
    const image = { HOST: '0.0.0.0', PANIER_OPS_HOST: '0.0.0.0' };
    const roles = deployments.map((deployment) => {
      const variables = containerOf(deployment)?.env ?? [];
      const given = Object.entries(secrets).filter(([name]) => variables.some((each) => each.name === name));
      const role = variables.find(({ name }) => name === 'PANIER_ROLES')?.value ?? '';
      return readConfig({ ...image, ...settings.data, ...Object.fromEntries(given), PANIER_ROLES: role }).roles;
    });
    expect(roles).toEqual(ROLES.map((role) => [role]));
  });

  it('shows the inventory elsewhere who asks, in each role that asks it', () => {
    const asking = deployments.filter((each) =>
      containerOf(each)?.env?.some(({ name }) => name === 'PANIER_INVENTORY_TOKEN'),
    );
    expect(asking.map(({ metadata }) => metadata?.name)).toEqual(
      ['gateway', 'inventory-api', 'saga'].map((role) => `panier-${role}`),
    );
  });

  it('may do nothing to what it runs on, and is given time to end', () => {
    for (const deployment of deployments) {
      expect(podOf(deployment)).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(podOf(deployment)?.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(15);
      expect(containerOf(deployment)?.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('scales only what there is, by metrics that panier shows', () => {
    const names = deployments.map(({ metadata }) => metadata?.name);
    const scalers = [...ofKind('ScaledObject'), ...ofKind('HorizontalPodAutoscaler')];
    expect(scalers.map(({ spec }) => spec?.['scaleTargetRef'])).toEqual(
      scalers.map(({ metadata }) => expect.objectContaining({ name: metadata.name }) as unknown),
    );
    expect(names).toEqual(expect.arrayContaining(scalers.map(({ metadata }) => metadata.name)));
    const documented = readFileSync('docs/operations.md', 'utf8');
    const metrics = JSON.stringify(scalers).match(/panier_\w+/g) ?? [];
    expect(metrics.length).toBeGreaterThan(0);
    for (const metric of metrics) expect(documented).toContain(`\`${metric}\``);
  });
});

/** Of docs/containers.md: whom each `kubectl apply` leaves out, and whom is waited for behind it. */
const stepsOfAnUpdate = () => {
  const page = readFileSync('docs/containers.md', 'utf8');
  const [, behind = ''] = page.split('\n### A new version, role by role\n');
  const [, commands = ''] = /```sh\n([^]*?)```/.exec(behind) ?? [];
  expect(commands).toMatch(/^set -e\n/);
  const [, ...steps] = commands.split(/^(?=kubectl apply -k overlays\/shop)/m);
  return steps.map((step) => ({
    left: /notin \(([^)]*)\)/.exec(step)?.[1]?.split(',') ?? [],
    awaited: /^for role in ([^;]*); do .*rollout status "deployment\/panier-\$role"/m.exec(step)?.[1]?.split(' ') ?? [],
  }));
};

const appliedBy = ({ left = [] as readonly string[] } = {}): readonly string[] =>
  ROLES.filter((role) => !left.includes(role)).toSorted();

describe('an update by docs/containers.md', () => {
  it('begins with those who read events and write none, and ends with all', () => {
    const [first, second, third, last, ...more] = stepsOfAnUpdate();
    expect(appliedBy(first)).toEqual(['audit', 'upkeep']);
    expect(appliedBy(second)).toEqual(['audit', 'payment', 'saga', 'upkeep']);
    expect(appliedBy(third)).toEqual(['audit', 'payment', 'relay', 'saga', 'upkeep', 'webhooks']);
    expect([last, more]).toEqual([{ left: [], awaited: [] }, []]);
  });

  it('waits for all that it began with', () => {
    const steps = stepsOfAnUpdate();
    const awaited = steps.flatMap((step) => step.awaited);
    expect(awaited.toSorted()).toEqual(appliedBy(steps.at(-2)));
  });

  it('is waited for as long as a start may last', () => {
    for (const { spec } of deployments) {
      const probe = spec?.template.spec?.containers[0]?.startupProbe;
      const startSeconds = (probe?.periodSeconds ?? 0) * (probe?.failureThreshold ?? 0);
      expect(spec?.progressDeadlineSeconds).toBeGreaterThan(startSeconds);
    }
  });

  it('tells them apart by a label that is on all that is of a role', () => {
    for (const manifest of [...ofKind('Deployment'), ...ofKind('ScaledObject'), ...ofKind('HorizontalPodAutoscaler')])
      expect(`panier-${manifest.metadata.labels?.['app.kubernetes.io/component']}`).toBe(manifest.metadata.name);
  });
});

const built = (folder: string): readonly Manifest[] =>
  manifestsIn(execFileSync('kubectl', ['kustomize', `${FOLDER}/${folder}`], { encoding: 'utf8' }));

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

describe.runIf(hasKubectl)('kubectl kustomize', () => {
  it('builds the base', () => {
    const kinds = built('base').map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'Deployment')).toHaveLength(ROLES.length);
    expect(kinds).not.toContain('ScaledObject');
  });

  it('builds all, and leaves the number of what scales to who scales it', () => {
    const all = built('full');
    for (const manifest of all) expect(() => validate(manifest)).not.toThrow();
    expect(all).toHaveLength(MANIFESTS.length);
    const counted = all.filter(({ kind, spec }) => kind === 'Deployment' && spec?.['replicas'] !== undefined);
    expect(counted.map(({ metadata }) => metadata.name)).toEqual(
      ['audit', 'relay', 'upkeep', 'webhooks'].map((role) => `panier-${role}`),
    );
  });
});
