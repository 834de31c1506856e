import { useState } from 'preact/hooks';
import type { Call } from '../../src/inspector/call.ts';

interface Mark {
  readonly atMs: number;
  readonly side: 'chunk' | 'event';
  readonly text: string;
}

/** A stream on one axis: chunks of the upstream above, events of Bedrock below. Arrow keys step through it. */
export function StreamLine({ call }: { call: Call }) {
  const marks = marksOf(call);
  const [at, step] = useState(0);
  const end = Math.max(...marks.map(({ atMs }) => atMs), 1);
  const chosen = marks[Math.min(at, marks.length - 1)];
  if (chosen === undefined) return null;
  const move = (by: number) => step(Math.max(0, Math.min(marks.length - 1, at + by)));
  return (
    <section class="stream" aria-label="Time line">
      <h3>
        Time line <span class="quiet">{rateOf(call)}</span>
      </h3>
      <svg
        viewBox="0 0 1000 90"
        role="img"
        aria-label="Chunks of the upstream above, events of Bedrock below"
      >
        <line x1="10" x2="990" y1="45" y2="45" class="axis" />
        {marks.map((mark, index) => (
          <rect
            key={index}
            class={`${mark.side}${index === at ? ' chosen' : ''}`}
            x={10 + (mark.atMs / end) * 978}
            y={mark.side === 'chunk' ? 12 : 50}
            width="3"
            height="28"
            onClick={() => step(index)}
          />
        ))}
        <text x="10" y="88">
          0 ms
        </text>
        <text x="990" y="88" text-anchor="end">
          {Math.round(end)} ms
        </text>
      </svg>
      <div class="steps">
        <button type="button" onClick={() => move(-1)}>
          Back
        </button>
        <input
          type="range"
          aria-label="Step through the stream"
          min="0"
          max={marks.length - 1}
          value={at}
          onInput={({ currentTarget }) => step(Number(currentTarget.value))}
        />
        <button type="button" onClick={() => move(1)}>
          Next
        </button>
        <output>
          {chosen.atMs.toFixed(1)} ms, {chosen.side === 'chunk' ? 'upstream' : 'Bedrock'}
        </output>
      </div>
      <pre class="raw" tabIndex={0}>
        {chosen.text}
      </pre>
    </section>
  );
}

function marksOf({ calls, pieces, answer }: Call): Mark[] {
  const last = calls.at(-1);
  const chunks = (last?.pieces ?? []).map(({ atMs, end }, index): Mark => {
    return {
      atMs,
      side: 'chunk',
      text: last?.answer.text.slice(last.pieces[index - 1]?.end ?? 0, end) ?? '',
    };
  });
  const events = eventsOf(answer.text);
  const written = pieces.map(({ atMs, end }): Mark => {
    return { atMs, side: 'event', text: JSON.stringify(events[end - 1] ?? 'left out', undefined, 2) };
  });
  return [...chunks, ...written].toSorted((one, other) => one.atMs - other.atMs);
}

function eventsOf(text: string): unknown[] {
  try {
    return JSON.parse(text) as unknown[];
  } catch {
    return [];
  }
}

function rateOf({ outputTokens, firstEventMs = 0, durationMs }: Call): string {
  if (outputTokens === undefined || durationMs <= firstEventMs) return '';
  return `${((outputTokens * 1_000) / (durationMs - firstEventMs)).toFixed(1)} tokens a second`;
}
