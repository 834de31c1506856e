import { useMemo, useState } from 'preact/hooks';
import type { Call, CallAttempt } from '../../src/inspector/call.ts';
import { bedrockCurl, chatCurl } from './curl.ts';
import { JsonTree, type Marks } from './json-tree.tsx';
import { areLinkedAnswers, isWithin, Links, matchesCollapsed } from './links.ts';
import { StreamLine } from './stream-line.tsx';

/** Where the user points: a member of one of the panes. */
interface Point {
  readonly pane: 'client' | 'chat' | 'answer' | 'chatAnswer';
  readonly path: string;
}

export function CallView({ call, onClose }: { call: Call; onClose: () => void }) {
  const [chosen, choose] = useState(call.calls.length - 1);
  const attempt = call.calls[chosen];
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
      {call.reason !== undefined && <p class="refused">{call.reason}</p>}
      {call.calls.length > 0 && <Attempts call={call} chosen={chosen} onChoose={choose} />}
      <Panes call={call} attempt={attempt} />
      {call.isStream && <StreamLine call={call} />}
      <Curl name="The client's call" text={bedrockCurl(call)} />
      {attempt !== undefined && <Curl name="The upstream's call" text={chatCurl(attempt)} />}
    </article>
  );
}

export function Status({ call }: { call: Pick<Call, 'status' | 'exception'> }) {
  const isBad = call.status >= 400 || call.exception !== undefined;
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
  chosen: number;
  onChoose: (index: number) => void;
}) {
  return (
    <ol class="attempts" aria-label="Attempts">
      {call.calls.map((attempt, index) => (
        <li key={index}>
          <button type="button" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
            {attempt.upstream}/{attempt.model}
          </button>{' '}
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

function Panes({ call, attempt }: { call: Call; attempt: CallAttempt | undefined }) {
  const [point, setPoint] = useState<Point>();
  const links = useMemo(() => new Links(attempt?.origins ?? []), [attempt]);
  const pointTo = (pane: Point['pane']) => (path: string | undefined) =>
    setPoint(path === undefined || path === '' ? undefined : { pane, path });
  const marks = marksOf(call, links, point);
  return (
    <div class="panes">
      <Pane title="Bedrock request" body={call.request} marks={marks.client} onPoint={pointTo('client')} />
      <Pane title="Chat request" body={attempt?.request} marks={marks.chat} onPoint={pointTo('chat')} />
      <p class="origin" aria-live="polite">
        {originText(links, point)}
      </p>
      <Pane title="Bedrock answer" body={call.answer} marks={marks.answer} onPoint={pointTo('answer')} />
      <Pane
        title="Chat answer"
        body={attempt?.answer}
        marks={marks.chatAnswer}
        onPoint={pointTo('chatAnswer')}
      />
    </div>
  );
}

interface PaneProps {
  readonly title: string;
  readonly body: Call['request'] | undefined;
  readonly marks: Marks;
  readonly onPoint: (path: string | undefined) => void;
}

function Pane({ title, body, marks, onPoint }: PaneProps) {
  return (
    <section class="pane" aria-label={title}>
      <h3>
        {title} {body?.isCut && <span class="quiet">(cut)</span>}
      </h3>
      <JsonTree label={title} text={body?.text ?? ''} marks={marks} onPoint={onPoint} />
    </section>
  );
}

function marksOf(call: Call, links: Links, point: Point | undefined): Record<Point['pane'], Marks> {
  const at = (pane: Point['pane']): string | undefined => (point?.pane === pane ? point.path : undefined);
  const [client, chat, answer, chatAnswer] = [at('client'), at('chat'), at('answer'), at('chatAnswer')];
  return {
    client: {
      isLit: (path) =>
        path === client ||
        (chat !== undefined && links.sourcesOf(chat).some((source) => isWithin(path, source))),
      ignored: (path) =>
        call.ignored.some((ignored) => matchesCollapsed(path, ignored))
          ? 'ignored: it has no equivalent at this server'
          : undefined,
      refused: (path) => (path !== '' && isRefusedAt(call, path) ? call.reason : undefined),
    },
    chat: { isLit: (path) => path === chat || (client !== undefined && links.isFrom(path, client)) },
    answer: {
      isLit: (path) => path === answer || (chatAnswer !== undefined && areLinkedAnswers(path, chatAnswer)),
    },
    chatAnswer: {
      isLit: (path) => path === chatAnswer || (answer !== undefined && areLinkedAnswers(answer, path)),
    },
  };
}

/** The reason names the path. */
function isRefusedAt({ reason }: Call, path: string): boolean {
  return reason !== undefined && reason.split(/[\s':]+/).includes(path);
}

function originText(links: Links, point: Point | undefined): string {
  if (point?.pane !== 'chat') return 'Point at a member, or focus it, to see what it became.';
  const sources = links.sourcesOf(point.path);
  return `${point.path} ← ${sources.length === 0 ? 'several members' : sources.join(', ')}`;
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
