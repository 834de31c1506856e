import type { Verdict } from './goals.ts';
import { LIMIT } from '../processes/targets.ts';
import type { Summary } from './summary.ts';
import { figure, table, type Column } from './table.ts';

/** A case or a part of a run, as it is printed. */
export interface Section {
  readonly case: string;
  readonly title: string;
  /** The unit of the figures, such as a call. */
  readonly unit: 'call' | 'chunk' | 'stream' | 'process';
}

export function sectionText(section: Section, rows: readonly Summary[]): string {
  return `\n## ${section.case}: ${section.title}\n\n${table(rows, columnsOf(section))}`;
}

export function verdictsText(verdicts: readonly Verdict[]): string {
  return `\n## Goals\n\n${table(verdicts, [
    { heading: 'figure', text: (row) => row.figure },
    { heading: 'measured', text: (row) => figure(row.measured) },
    { heading: 'goal', text: (row) => `≤ ${row.limit} ${row.unit}` },
    { heading: '', text: (row) => (row.met ? 'met' : 'NOT MET') },
    { heading: 'next', text: (row) => (row.next === undefined ? '' : `≤ ${row.next}`) },
  ])}`;
}

const TARGET: Column<Summary> = { heading: 'target', text: ({ target }) => target };
const LOOP: Column<Summary> = { heading: 'loop held ms', text: (row) => figure(row.loopDelayMs) };
const RSS: Column<Summary> = { heading: 'RSS MB', text: (row) => figure(row.rssMB) };

function columnsOf({ unit }: Section): Column<Summary>[] {
  if (unit === 'process') return [TARGET, RSS];
  if (unit === 'stream') return [TARGET, ...STREAM_COLUMNS, RSS];
  const costs = costColumns(unit);
  return unit === 'chunk' ? [TARGET, ...costs, LOOP] : [TARGET, ...costs, ...LATENCY_COLUMNS, LOOP, RSS];
}

function costColumns(unit: string): Column<Summary>[] {
  return [
    { heading: `CPU µs/${unit}`, text: (row) => figure(row.cpuMicros) },
    { heading: '±', text: (row) => figure(row.cpuSpreadPercent, ' %') },
    { heading: `× ${LIMIT}`, text: (row) => figure(row.cpuRatio) },
    { heading: `${unit}s/s`, text: (row) => figure(row.perSecond) },
    { heading: 'busy', text: (row) => figure(row.busyPercent, ' %') },
  ];
}

const LATENCY_COLUMNS: readonly Column<Summary>[] = [
  { heading: 'p50 µs', text: (row) => figure(row.saturatedP50Micros) },
  { heading: 'p99 µs', text: (row) => figure(row.saturatedP99Micros) },
  { heading: `× ${LIMIT}`, text: (row) => figure(row.saturatedP99Ratio) },
  { heading: '+p50 µs', text: (row) => figure(row.addedP50Micros) },
  { heading: `× ${LIMIT}`, text: (row) => figure(row.addedP50Ratio) },
  { heading: '+p99 µs', text: (row) => figure(row.addedP99Micros) },
  { heading: `p99 × ${LIMIT}`, text: (row) => figure(row.p99Ratio) },
  { heading: 'paced CPU µs', text: (row) => figure(row.pacedCpuMicros) },
];

const STREAM_COLUMNS: readonly Column<Summary>[] = [
  { heading: 'RSS kB/stream', text: (row) => figure(row.rssKBPerStream) },
  { heading: 'used kB/stream', text: (row) => figure(row.usedKBPerStream) },
];
