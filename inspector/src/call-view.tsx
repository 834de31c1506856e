import { useState } from 'preact/hooks';
import type { Call, CallGuardrail } from '../../src/inspector/call.ts';
import { answeringCall } from './answering-call.ts';
import { bedrockCurl, chatCurl } from './curl.ts';
import { Panes } from './panes.tsx';
import { PromptView } from './prompt-view.tsx';
import { StreamLine } from './stream-line.tsx';

export function CallView({ call, onClose }: { call: Call; onClose: () => void }) {
  const [chosen, choose] = useState<number>();
  const answering = answeringCall(call);
  const attempt = chosen === undefined ? answering : call.calls[chosen];
  return (
    <article class="call" aria-label={`Call ${call.id}`}>
      <header>
        <button type="button" onClick={onClose}>
          Close
        </button>
        <h2>
          {call.operation} <Status call={call} />
        </h2>
        <p class="quiet">
          {call.method} {call.path} · {call.id}
        </p>
      </header>
      {call.isLineOnly && (
        <p class="quiet">Too many calls came at once: of this one only its line in the list was kept.</p>
      )}
      {call.reason !== undefined && <p class="refused">{call.reason}</p>}
      {call.prompt !== undefined && <PromptView prompt={call.prompt} />}
      {call.calls.length > 0 && (
        <Attempts call={call} chosen={attempt && call.calls.indexOf(attempt)} onChoose={choose} />
      )}
      {call.guardrails !== undefined && <Guardrails guardrails={call.guardrails} />}
      <Panes call={call} attempt={attempt} isAnswering={attempt === answering} />
      {call.isStream && <StreamLine call={call} />}
      <Curl name="The client's call" text={bedrockCurl(call)} />
      {attempt !== undefined && <Curl name="The upstream's call" text={chatCurl(attempt)} />}
    </article>
  );
}

export function Status({ call }: { call: Pick<Call, 'status' | 'exception' | 'isRunning'> }) {
  const isBad = call.status >= 400 || call.exception !== undefined;
  if (call.isRunning) return <span class="status running">running</span>;
  return (
    <span class={isBad ? 'status bad' : 'status'}>
      {call.status} {call.exception !== undefined && <small>{call.exception}</small>}
    </span>
  );
}

function Attempts({
  call,
  chosen,
  onChoose,
}: {
  call: Call;
  chosen: number | undefined;
  onChoose: (index: number) => void;
}) {
  return (
    <ol class="attempts" aria-label="Attempts">
      {call.calls.map((attempt, index) => (
        <li key={index}>
          <button type="button" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
            {attempt.upstream}/{attempt.model}
          </button>{' '}
          {attempt.aside !== undefined && <span class="quiet">({attempt.aside}) </span>}
          {attempt.level !== undefined && (
            <span class="quiet">for {Object.values(attempt.level).join(', ')} </span>
          )}
          <span class={attempt.outcome === 'success' ? 'status' : 'status bad'}>{attempt.outcome}</span>{' '}
          {attempt.status} {attempt.code} {attempt.message}{' '}
          <span class="quiet">
            {attempt.startedMs} ms + {attempt.durationMs ?? '?'} ms
          </span>
        </li>
      ))}
    </ol>
  );
}

function Guardrails({ guardrails }: { guardrails: readonly CallGuardrail[] }) {
  return (
    <ul class="attempts" aria-label="Guardrails">
      {guardrails.map(({ guardrail, side, decision, findings, places }, index) => (
        <li key={index}>
          {guardrail}, {side}: <span class={decision === 'none' ? 'status' : 'status bad'}>{decision}</span>{' '}
          {findings
            .map(({ policy, type, action, count }) => `${policy} ${type} ${action} × ${count}`)
            .join('; ')}{' '}
          <span class="quiet">
            {places
              .map(({ type, text, begin, end }) => `${type} in text ${text + 1}, ${begin} to ${end}`)
              .join('; ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
function Curl({ name, text }: { name: string; text: string }) {
  return (
    <details>
      <summary>{name} as a curl line</summary>
      <button type="button" onClick={() => void navigator.clipboard.writeText(text)}>
        Copy
      </button>
      <pre class="raw" tabIndex={0}>
        {text}
      </pre>
    </details>
  );
}
