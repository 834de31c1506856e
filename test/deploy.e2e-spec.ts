import { readFileSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IService } from 'kubernetes-models/v1/Service';
import { crossReferenceProblems } from '../src/config/file/cross-references.js';
import { parseConfigFile } from '../src/config/file/parse-config-file.js';
import { Environment } from '../src/config/environment.js';
import { readEnvironment } from '../src/config/read-environment.js';
import { documentsMb } from './support/documents-mb.js';
import { HealthController } from '../src/health/health.controller.js';
import { MetricsController } from '../src/observability/metrics/metrics.controller.js';
import { schemaProblems } from './support/manifest-schemas.js';
import {
  deployFile,
  find,
  isInstalled,
  manifestsAsRendered,
  manifestsAsWritten,
  type Manifest,
} from './support/manifests.js';
import { typeProblems } from './support/typed-manifests.js';

const OVERLAY = 'overlays/example';
/** Variables that the process reads and that are not part of Environment. */
const OTHER_VARIABLES = [
  'MANAGEMENT_PORT',
  'DRAIN_DELAY_MS',
  'SHUTDOWN_TIMEOUT_MS',
  'MAX_BODY_MB_IN_FLIGHT',
  'MAX_ANSWER_MB_IN_FLIGHT',
];
const written = manifestsAsWritten(OVERLAY);
const deployment = find<IDeployment>(written, 'Deployment').spec;
const pod = deployment?.template.spec;
const [container] = pod?.containers ?? [];
const variables = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value ?? '']));
const config = parseConfigFile(deployFile(`${OVERLAY}/config.yaml`));

describe('the manifests', () => {
  it('have no key that their types do not have', () => {
    expect(typeProblems(written)).toEqual([]);
  });

  it('fit the schemas of Kubernetes', async () => {
    expect(await schemaProblems(written)).toEqual([]);
  });

  it('would be refused with an unknown key, whatever their kind', () => {
    const strange = written.map((manifest) => ({ ...manifest, strange: true }));
    expect(typeProblems(strange)).toEqual(strange.map(() => expect.stringContaining('"strange": true')));
  });

  it('would be refused with an unknown key deep inside', () => {
    const text = JSON.stringify(find(written, 'Deployment')).replace('"readOnly":true', '"readonly":true');
    expect(typeProblems([JSON.parse(text) as Manifest])).toEqual([expect.stringContaining('"readonly"')]);
  });

  it('would be refused with an invalid value', async () => {
    const text = JSON.stringify(find(written, 'Deployment')).replaceAll('"1536Mi"', '"1 gigabyte"');
    expect(await schemaProblems([JSON.parse(text) as Manifest])).toEqual([
      expect.stringContaining('quantity'),
    ]);
  });

  it('select the pods of the Deployment, by labels that these have', () => {
    const { labels } = deployment?.template.metadata ?? {};
    const services = written.filter(({ kind }) => kind === 'Service') as unknown as IService[];
    expect([
      deployment?.selector.matchLabels,
      ...services.map(({ spec }) => spec?.selector),
      find<IPodDisruptionBudget>(written, 'PodDisruptionBudget').spec?.selector?.matchLabels,
      find<INetworkPolicy>(written, 'NetworkPolicy').spec?.podSelector?.matchLabels,
      ...(pod?.topologySpreadConstraints ?? []).map(({ labelSelector }) => labelSelector?.matchLabels),
    ]).toEqual(Array.from({ length: 7 }, () => labels));
  });
});

const withKubectl = isInstalled('kubectl') ? describe : describe.skip;

withKubectl('what kubectl kustomize renders (skipped where kubectl is not installed)', () => {
  const rendered = isInstalled('kubectl') ? manifestsAsRendered(OVERLAY) : [];

  it('contains every manifest, a ConfigMap for the configuration and one for the dashboard', () => {
    const names = (manifests: readonly Manifest[]) =>
      manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).toSorted();
    expect(names(rendered)).toEqual(
      [
        ...names(written),
        'ConfigMap bedrock-to-openai-proxy-config',
        'ConfigMap bedrock-to-openai-proxy-dashboard',
      ].toSorted(),
    );
  });

  it('has no key that its types do not have, and fits the schemas', async () => {
    expect(typeProblems(rendered)).toEqual([]);
    expect(await schemaProblems(rendered)).toEqual([]);
  });

  it('runs the version of package.json', () => {
    const { version } = JSON.parse(text('package.json')) as { version: string };
    const [{ image } = {}] = find<IDeployment>(rendered, 'Deployment').spec?.template.spec?.containers ?? [];
    expect(image).toBe(`registry.example.com/bedrock-to-openai-proxy:${version}`);
  });

  it('allows the example to reach its upstream in the cluster, and attaches the route to its gateway', () => {
    const { egress } = find<INetworkPolicy>(rendered, 'NetworkPolicy').spec ?? {};
    expect(egress?.at(-1)?.ports).toEqual([{ protocol: 'TCP', port: 8000 }]);
    expect(find<IHTTPRoute>(rendered, 'HTTPRoute').spec).toMatchObject({
      parentRefs: [{ name: 'public', namespace: 'gateways' }],
      hostnames: config.auth?.externalHosts,
    });
  });
});

describe('the Deployment', () => {
  it('gives a pod more time than its drain takes', () => {
    const preStopMs = (container?.lifecycle?.preStop?.sleep?.seconds ?? 0) * 1000;
    const drainMs =
      preStopMs + Number(variables['DRAIN_DELAY_MS']) + Number(variables['SHUTDOWN_TIMEOUT_MS']);
    expect(preStopMs).toBeGreaterThan(0);
    expect((pod?.terminationGracePeriodSeconds ?? 0) * 1000).toBeGreaterThanOrEqual(drainMs + 15_000);
  });

  it('probes the health endpoints on the management port', () => {
    const live = { path: route(HealthController, 'live'), port: 'management' };
    const ready = { path: route(HealthController, 'ready'), port: 'management' };
    const { startupProbe, livenessProbe, readinessProbe } = container ?? {};
    expect([startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.httpGet)).toEqual([
      live,
      live,
      ready,
    ]);
  });

  it('names the ports that the process listens on', () => {
    expect(container?.ports).toEqual([
      { name: 'http', containerPort: Number(variables['PORT']) },
      { name: 'management', containerPort: Number(variables['MANAGEMENT_PORT']) },
    ]);
  });

  it('sets only variables that the process reads, to valid values', () => {
    const known = [...Object.keys(new Environment()), ...OTHER_VARIABLES, 'NODE_OPTIONS'];
    expect(known).toEqual(expect.arrayContaining(Object.keys(variables)));
    expect(() => readEnvironment(variables)).not.toThrow();
  });

  it('passes the restricted Pod Security Standard', () => {
    expect(pod?.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 65_532,
      runAsGroup: 65_532,
      fsGroup: 65_532,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod?.automountServiceAccountToken).toBe(false);
    expect(text('Dockerfile')).toContain('USER 65532:65532');
  });

  it('has memory for the heap, the bodies in flight twice, the answers in flight, the process, and documents', () => {
    const { limits, requests } = container?.resources ?? {};
    const heapMb = Number(/--max-old-space-size=(\d+)/.exec(variables['NODE_OPTIONS'] ?? '')?.[1]);
    const bodiesMb = Number(variables['MAX_BODY_MB_IN_FLIGHT']);
    expect(limits).toEqual({ memory: '1536Mi' });
    expect(requests?.['memory']).toBe('1536Mi');
    const answersMb = Number(variables['MAX_ANSWER_MB_IN_FLIGHT']);
    expect(heapMb + 2 * bodiesMb + answersMb + 128 + documentsMb(variables)).toBeLessThanOrEqual(1536);
  });

  it('replaces pods only by ready ones, and spreads them', () => {
    expect(deployment?.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' },
    });
    expect(pod?.topologySpreadConstraints?.map(({ topologyKey }) => topologyKey)).toEqual([
      'topology.kubernetes.io/zone',
      'kubernetes.io/hostname',
    ]);
  });

  it('leaves the number of replicas to the autoscaler, which scales down more slowly than up', () => {
    const { spec } = find<IHorizontalPodAutoscaler>(written, 'HorizontalPodAutoscaler');
    const { scaleUp, scaleDown } = spec?.behavior ?? {};
    expect(deployment).not.toHaveProperty('replicas');
    expect(spec?.scaleTargetRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'bedrock-to-openai-proxy',
    });
    expect(spec?.minReplicas).toBeGreaterThanOrEqual(2);
    expect(scaleDown?.stabilizationWindowSeconds).toBeGreaterThan(scaleUp?.stabilizationWindowSeconds ?? 0);
  });
});

describe('the configuration of the example', () => {
  const mounts = Object.fromEntries((container?.volumeMounts ?? []).map((mount) => [mount.name, mount]));
  const secretFiles = [
    ...[...config.upstreams.values()].map(({ apiKeyFile }) => apiKeyFile),
    ...(config.clients ?? []).map(({ secretFile }) => secretFile),
  ].filter((path) => path != null);

  it('is valid', () => {
    expect(crossReferenceProblems(config)).toEqual([]);
  });

  it('lists the clients that may call', () => {
    expect(config.clients).not.toHaveLength(0);
  });

  it('is mounted, with its secrets, as whole directories, which are updated', () => {
    expect(Object.values(mounts)).toEqual([
      { name: 'config', mountPath: dirname(variables['CONFIG_FILE'] ?? ''), readOnly: true },
      { name: 'secrets', mountPath: '/etc/bedrock-to-openai-proxy/secrets', readOnly: true },
    ]);
  });

  it('finds its secrets where docs/operations.md puts them', () => {
    const made = [...text('docs/operations.md').matchAll(/--from-file=([\w-]+)=/g)].map(([, name]) => name);
    expect(secretFiles).toEqual(made.map((name) => `${mounts['secrets']?.mountPath}/${name}`));
  });
});

describe('the network', () => {
  it('forwards HTTP/2 unchanged, and does not expose the management port', () => {
    const { ports } = find<IService>(written, 'Service').spec ?? {};
    expect(ports).toEqual([
      { name: 'http', port: 8000, targetPort: 'http', appProtocol: 'kubernetes.io/h2c' },
    ]);
  });

  it('routes to a port that the Service has, and rewrites nothing, which would break signatures', () => {
    const [rule] = find<IHTTPRoute>(written, 'HTTPRoute').spec.rules ?? [];
    expect(rule?.backendRefs).toEqual([{ name: 'bedrock-to-openai-proxy', port: 8000 }]);
    expect(rule).not.toHaveProperty('filters');
  });

  it('is scraped through the management Service, even while pods drain', () => {
    const management = find<IService>(written, 'Service', 'bedrock-to-openai-proxy-management');
    const { selector, endpoints, jobLabel } = find<IServiceMonitor>(written, 'ServiceMonitor').spec;
    expect(management.metadata?.labels).toEqual(selector.matchLabels);
    expect(management.metadata?.labels?.[jobLabel ?? '']).toBe('bedrock-to-openai-proxy');
    expect(management.spec?.publishNotReadyAddresses).toBe(true);
    expect(endpoints).toMatchObject([
      { port: management.spec?.ports?.[0]?.name, path: route(MetricsController, 'exposition') },
    ]);
  });

  it('is closed except for clients, Prometheus, name resolution and external HTTPS', () => {
    const { policyTypes, ingress, egress } = find<INetworkPolicy>(written, 'NetworkPolicy').spec ?? {};
    expect(policyTypes).toEqual(['Ingress', 'Egress']);
    expect(ingress?.map(({ ports }) => ports?.map(({ port }) => port))).toEqual([['http'], ['management']]);
    expect(egress?.map(({ ports }) => ports?.map(({ port }) => port))).toEqual([[53, 53], [443]]);
    expect(JSON.stringify(egress)).toContain('"169.254.0.0/16"');
  });
});

/** The path of a controller's method, from the metadata of Nest's decorators. */
function route(controller: { prototype: object }, method: string): string {
  const handler: unknown = Reflect.get(controller.prototype, method);
  const parts = [controller, handler].map(
    (target) => Reflect.getMetadata('path', target as object) as string,
  );
  return `/${parts.filter((part) => part !== '/').join('/')}`;
}

function text(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}
