import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import { stringify } from 'yaml';
import { ALERTS_IN_CASES, alertCasesToPromtool } from './support/alert-cases.js';
import { EXPORTED_METRICS } from './support/exported-metrics.js';
import { deployFile, find, isInstalled, manifestsAsWritten } from './support/manifests.js';
import { readQuery, seriesToMetric } from './support/promql.js';

const DASHBOARD = 'components/grafana-dashboard/dashboard.json';
const written = manifestsAsWritten('overlays/example');
const { groups = [] } = find<IPrometheusRule>(written, 'PrometheusRule').spec;
const rules = groups.flatMap((group) => group.rules ?? []);
const alerts = rules.filter(({ alert }) => alert !== undefined);
const recorded = rules.flatMap(({ record }) => (record === undefined ? [] : [record]));
const panels = dashboardPanels();
const queries = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })));

/** Labels that Prometheus itself adds to every series. */
const TARGET_LABELS = ['job', 'namespace', 'pod', 'le'];
const HISTOGRAMS = new Set(
  Object.keys(EXPORTED_METRICS).filter((name) => EXPORTED_METRICS[name]?.isHistogram),
);

describe('a query', () => {
  it.each([
    ['sum by (a) (rate(x_total{b="c", d=~"e{2}"}[5m])) > 0.5', ['x_total'], ['b', 'd', 'a']],
    ['histogram_quantile(0.9, sum(rate(x_bucket[$__rate_interval])) by (le))', ['x_bucket'], ['le']],
    ['x:y:rate5m > 14.4 * 0.01 and on (n) up{} unless z # w', ['x:y:rate5m', 'up', 'z'], ['n']],
  ])('%s is parsed', (expression, series, labels) => {
    expect(readQuery(expression)).toEqual({ series, labels });
  });
});

describe.each([
  ['rule', rules.map(({ alert, record, expr }) => ({ title: alert ?? record ?? '', expr: String(expr) }))],
  ['panel', queries],
])('every %s', (_, asked) => {
  it.each(asked)('$title uses exported metrics', ({ expr }) => {
    const known = [...Object.keys(EXPORTED_METRICS), ...recorded, 'up'];
    const metrics = readQuery(expr).series.map((series) => seriesToMetric(series, HISTOGRAMS));
    expect(metrics).not.toHaveLength(0);
    expect(known).toEqual(expect.arrayContaining(metrics));
  });

  it.each(asked)('$title uses existing labels', ({ expr }) => {
    const { series, labels } = readQuery(expr);
    const known = series.flatMap((name) => EXPORTED_METRICS[seriesToMetric(name, HISTOGRAMS)]?.labels ?? []);
    expect([...TARGET_LABELS, ...known]).toEqual(expect.arrayContaining([...labels]));
  });
});

describe('an alert', () => {
  const runbook = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');

  it.each(alerts)('$alert has a severity, a summary and a runbook', ({ alert, labels, annotations }) => {
    expect(['critical', 'warning', 'info']).toContain(labels?.['severity']);
    expect(Object.keys(annotations ?? {})).toEqual(['summary', 'description', 'runbook']);
    expect(annotations?.['runbook']).toBe(`docs/operations.md#${alert?.toLowerCase()}`);
    expect(runbook).toMatch(new RegExp(`^#+ ${alert}\\n\\n\\S`, 'm'));
  });

  it('has a section in the runbook, and no section is without an alert', () => {
    const paragraphs = [...runbook.matchAll(/^#+ (Proxy[A-Z]\w+)$/gm)].map(([, name]) => name);
    expect(paragraphs).toEqual(alerts.map(({ alert }) => alert));
  });

  it('has a unique name', () => {
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  it('has a case in which it fires', () => {
    expect(ALERTS_IN_CASES).toEqual(new Set(alerts.map(({ alert }) => alert)));
  });

  it('and the dashboard use the memory limit of the container', () => {
    const [container] = find<IDeployment>(written, 'Deployment').spec?.template.spec?.containers ?? [];
    expect(container?.resources?.limits).toEqual({ memory: '1536Mi' });
    const limit = 1536 * 1024 ** 2;
    expect(alerts.find(({ alert }) => alert === 'ProxyMemoryNearLimit')?.expr).toContain(`0.9 * ${limit}`);
    expect(panels.find(({ title }) => title === 'Memory')?.fieldConfig?.defaults.thresholds.steps).toEqual([
      { value: null, color: 'green' },
      { value: limit, color: 'red' },
    ]);
  });
});

const withPromtool = isInstalled('promtool') ? describe : describe.skip;

withPromtool('promtool, of the package prometheus (skipped where it is not installed)', () => {
  let directory = '';

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'alerts-'));
    writeFileSync(join(directory, 'rules.yaml'), stringify({ groups }, { aliasDuplicateObjects: false }));
  });

  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it('finds the rules well formed', () => {
    expect(promtool('check', 'rules', 'rules.yaml')).toContain(`SUCCESS: ${rules.length} rules found`);
  });

  it('finds the queries of the dashboard well formed', () => {
    const asRules = queries.map(({ expr }, index) => ({ record: `panel:${index}`, expr: asIfChosen(expr) }));
    const file = { groups: [{ name: 'dashboard', rules: asRules }] };
    writeFileSync(join(directory, 'dashboard.yaml'), stringify(file));
    expect(promtool('check', 'rules', 'dashboard.yaml')).toContain(`SUCCESS: ${queries.length} rules found`);
  });

  it('sees the expected alerts fire in every case, and no others', () => {
    const cases = stringify(alertCasesToPromtool('rules.yaml'));
    writeFileSync(join(directory, 'cases.yaml'), cases);
    expect(promtool('test', 'rules', 'cases.yaml')).toContain('SUCCESS');
  });

  function promtool(...parameters: string[]): string {
    return execFileSync('promtool', parameters, { cwd: directory, encoding: 'utf8', stdio: 'pipe' });
  }
});

describe('the dashboard', () => {
  it('has panels with names, descriptions and units of their own', () => {
    const shown = panels.filter(({ type }) => type !== 'row');
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(shown.map(({ title }) => title)).size).toBe(shown.length);
    for (const { description, fieldConfig, targets } of shown) {
      expect(description).toMatch(/\.$/);
      expect(fieldConfig?.defaults.unit).toBeTruthy();
      expect(targets).not.toHaveLength(0);
    }
  });

  it('queries the selected Prometheus', () => {
    const sources = deployFile(DASHBOARD).match(/"uid": ".+?"/g);
    expect(new Set(sources)).toEqual(new Set(['"uid": "${datasource}"', '"uid": "bedrock-to-openai-proxy"']));
  });

  it('has no panel on top of another', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });
});

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig?: {
    readonly defaults: { readonly unit: string; readonly thresholds: { steps: object[] } };
  };
  readonly targets?: readonly { readonly expr: string }[];
}

function dashboardPanels(): readonly Panel[] {
  return (JSON.parse(deployFile(DASHBOARD)) as { panels: Panel[] }).panels;
}

/** Grafana's variables → possible values. */
function asIfChosen(expression: string): string {
  return expression.replaceAll('$__rate_interval', '2m').replaceAll(/\$\w+/g, '.*');
}
