import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Manifest } from './manifests.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The module and the type of each kind. */
export const MODULES: Readonly<Record<string, string>> = {
  'v1/ConfigMap': 'kubernetes-models/v1/ConfigMap',
  'v1/Namespace': 'kubernetes-models/v1/Namespace',
  'v1/Service': 'kubernetes-models/v1/Service',
  'v1/ServiceAccount': 'kubernetes-models/v1/ServiceAccount',
  'apps/v1/Deployment': 'kubernetes-models/apps/v1/Deployment',
  'autoscaling/v2/HorizontalPodAutoscaler': 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler',
  'networking.k8s.io/v1/NetworkPolicy': 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy',
  'policy/v1/PodDisruptionBudget': 'kubernetes-models/policy/v1/PodDisruptionBudget',
  'gateway.networking.k8s.io/v1/HTTPRoute':
    '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute',
  'monitoring.coreos.com/v1/ServiceMonitor':
    '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor',
  'monitoring.coreos.com/v1/PrometheusRule':
    '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule',
};

/**
 * The compiler's errors for manifests as literals of their Kubernetes types, one line per problem. Unlike a
 * schema this also refuses unknown keys at any depth.
 */
export function typeProblems(manifests: readonly Manifest[]): string[] {
  const files = new Map(
    manifests.map((manifest, index) => [`${ROOT}manifest-${index}.ts`, sourceOf(manifest)]),
  );
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    lib: ['lib.es2024.d.ts'],
    module: ts.ModuleKind.NodeNext,
  };
  const host = ts.createCompilerHost(options);
  const onDisk = ts.createCompilerHost(options);
  host.fileExists = (path) => files.has(path) || onDisk.fileExists(path);
  host.getSourceFile = (path, language) => {
    const source = files.get(path);
    return source === undefined
      ? onDisk.getSourceFile(path, language)
      : ts.createSourceFile(path, source, language);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => explain(diagnostic, manifests));
}

function sourceOf(manifest: Manifest): string {
  const module = MODULES[`${manifest.apiVersion}/${manifest.kind}`];
  if (module === undefined) throw new Error(`No type for ${manifest.apiVersion} ${manifest.kind}`);
  return `import type { I${manifest.kind} } from '${module}';
export const manifest = (${JSON.stringify(manifest, null, 1)}) satisfies I${manifest.kind};
`;
}

function explain({ file, start, messageText }: ts.Diagnostic, manifests: readonly Manifest[]): string {
  const index = Number(/manifest-(\d+)\.ts$/.exec(file?.fileName ?? '')?.[1]);
  const line = file === undefined || start === undefined ? '' : file.text.slice(start).split('\n')[0];
  const { kind, metadata } = manifests[index] ?? { kind: 'TypeScript', metadata: { name: '' } };
  return `${kind} ${metadata.name}: ${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}
