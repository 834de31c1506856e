import { useMemo, useState } from 'preact/hooks';
import type { CallSummary } from '../../src/inspector/call.ts';
import { Status } from './call-view.tsx';

interface Props {
  readonly calls: readonly CallSummary[];
  readonly selected: string | undefined;
  readonly isPaused: boolean;
  readonly onSelect: (id: string) => void;
  readonly onPause: () => void;
  readonly onClear: () => void;
}

export function CallList({ calls, selected, isPaused, onSelect, onPause, onClear }: Props) {
  const [filter, setFilter] = useState('');
  const shown = useMemo(() => calls.filter((call) => fits(call, filter)), [calls, filter]);
  return (
    <section class="list" aria-label="Calls">
      <div class="tools">
        <input
          type="search"
          aria-label="Filter by text, status, model or client"
          placeholder="Filter: text, status, model, client"
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        <button type="button" aria-pressed={isPaused} onClick={onPause}>
          {isPaused ? 'Go on' : 'Pause'}
        </button>
        <button type="button" onClick={onClear}>
          Clear
        </button>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label="Table of calls">
        <table>
          <thead>
            <tr>
              {[
                'Time',
                'Operation',
                'Model',
                'Status',
                'Stop',
                'In',
                'Out',
                'Cached',
                'Cost',
                'First',
                'Total',
                'Ignored',
              ].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((call) => (
              <Row key={call.id} call={call} isSelected={call.id === selected} onSelect={onSelect} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && (
          <p class="quiet">No call yet. Make one, here by “Try it” or from your application.</p>
        )}
      </div>
    </section>
  );
}

interface RowProps {
  readonly call: CallSummary;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

function Row({ call, isSelected, onSelect }: RowProps) {
  return (
    <tr class={isSelected ? 'selected' : ''} data-id={call.id} onClick={() => onSelect(call.id)}>
      <td>
        <button type="button" class="link" onClick={() => onSelect(call.id)}>
          {new Date(call.at).toLocaleTimeString([], { hour12: false })}
        </button>
      </td>
      <td>{call.operation}</td>
      <td>
        {call.modelId ?? '–'}
        {call.target !== undefined && <small class="quiet">→ {call.target}</small>}
      </td>
      <td>
        <Status call={call} />
      </td>
      <td>{call.stopReason ?? ''}</td>
      <td>{call.inputTokens ?? ''}</td>
      <td>{call.outputTokens ?? ''}</td>
      <td>{call.cachedTokens ?? ''}</td>
      <td>{call.cost === undefined ? '' : `${call.cost.amount.toPrecision(2)} ${call.cost.currency}`}</td>
      <td>{call.firstEventMs === undefined ? '' : `${call.firstEventMs} ms`}</td>
      <td>{call.durationMs} ms</td>
      <td class="paths">{call.ignored.join(', ')}</td>
    </tr>
  );
}

/** Every word of the filter must be in one of the columns. */
function fits(call: CallSummary, filter: string): boolean {
  const text = Object.values(call).join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
