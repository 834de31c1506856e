import { useState } from 'preact/hooks';
import type { Call } from '../../src/inspector/call.ts';
import { gapsOf, keyOf, lengthOf, type Mark, marksOf, rateOf, relatedTo } from './stream-marks.ts';

const [LEFT, WIDTH] = [10, 978];

/** A stream on one axis: chunks of the upstream above, events of the answer below. Arrow keys step through it. */
export function StreamLine({ call }: { call: Call }) {
  const marks = marksOf(call);
  const [at, step] = useState(0);
  const index = Math.min(at, marks.length - 1);
  const chosen = marks[index];
  if (chosen === undefined) return null;
  const last = marks.length - 1;
  const move = (by: number) => step(Math.max(0, Math.min(last, index + by)));
  return (
    <section class="stream" aria-label="Time line">
      <h3>
        Time line <span class="quiet">{summaryOf(call, marks)}</span>
      </h3>
      <Axis call={call} marks={marks} chosen={chosen} onChoose={(mark) => step(marks.indexOf(mark))} />
      <div class="steps">
        <button type="button" onClick={() => move(-1)}>
          Back
        </button>
        <input
          type="range"
          aria-label="Step through the stream"
          min="0"
          max={last}
          value={index}
          onInput={({ currentTarget }) => step(Number(currentTarget.value))}
        />
        <button type="button" onClick={() => move(1)}>
          Next
        </button>
        <output>{describe(chosen, call)}</output>
      </div>
      <pre class="raw" tabIndex={0}>
        {chosen.text}
      </pre>
    </section>
  );
}

interface AxisProps {
  readonly call: Call;
  readonly marks: readonly Mark[];
  readonly chosen: Mark;
  readonly onChoose: (mark: Mark) => void;
}

function Axis({ call, marks, chosen, onChoose }: AxisProps) {
  const end = Math.max(...marks.map(({ atMs }) => atMs), 1);
  const x = (ms: number): number => LEFT + (ms / end) * WIDTH;
  const related = relatedTo(chosen, call);
  const classOf = (mark: Mark): string =>
    [mark.side, mark === chosen && 'chosen', related.has(keyOf(mark.side, mark.index)) && 'related']
      .filter(Boolean)
      .join(' ');
  return (
    <svg
      viewBox="0 0 1000 90"
      role="img"
      aria-label="Chunks of the upstream above, events of the answer below"
    >
      {gapsOf(call).map((gap) => (
        <g key={gap.fromMs}>
          <rect class="gap" x={x(gap.fromMs)} y="8" width={x(gap.toMs) - x(gap.fromMs)} height="72" />
          <text class="gap" x={(x(gap.fromMs) + x(gap.toMs)) / 2} y="20" text-anchor="middle">
            {Math.round(lengthOf(gap))} ms
          </text>
        </g>
      ))}
      <line x1={LEFT} x2={LEFT + WIDTH + 2} y1="45" y2="45" class="axis" />
      {marks.map((mark) => (
        <rect
          key={keyOf(mark.side, mark.index)}
          class={classOf(mark)}
          x={x(mark.atMs)}
          y={mark.side === 'chunk' ? 12 : 50}
          width="3"
          height="28"
          onClick={() => onChoose(mark)}
        />
      ))}
      <text x={LEFT} y="89">
        0 ms
      </text>
      <text x={LEFT + WIDTH + 2} y="89" text-anchor="end">
        {Math.round(end)} ms
      </text>
    </svg>
  );
}

function summaryOf(call: Call, marks: readonly Mark[]): string {
  const chunks = marks.filter(({ side }) => side === 'chunk').length;
  const rate = rateOf(call);
  const gaps = gapsOf(call).length;
  return [
    `${chunks} chunks, ${marks.length - chunks} events`,
    rate !== undefined && `${rate.toFixed(1)} tokens a second`,
    gaps > 0 && `${gaps} ${gaps === 1 ? 'gap' : 'gaps'}`,
    call.isRunning && 'still coming',
  ]
    .filter(Boolean)
    .join(' · ');
}

function describe(mark: Mark, call: Call): string {
  const name = mark.side === 'chunk' ? `chunk ${mark.index}` : `event ${mark.index}`;
  const related = [...relatedTo(mark, call)];
  const arrow = mark.side === 'chunk' ? '→' : '←';
  return `${mark.atMs.toFixed(1)} ms, ${name}${related.length > 0 ? ` ${arrow} ${related.join(', ')}` : ''}`;
}
