import { useMemo, useState } from 'preact/hooks';
import type { Body, Call, CallAttempt } from '../../src/inspector/call.ts';
import { JsonTree, type Marks } from './json-tree.tsx';
import { Links, matchesCollapsed } from './links.ts';

type PaneName = 'client' | 'chat' | 'answer' | 'chatAnswer';

/** Where the user points: a member of one of the panes. */
interface Point {
  readonly pane: PaneName;
  readonly path: string;
}

/** What the translation recorded of both ways. */
interface BothLinks {
  readonly request: Links;
  readonly answer: Links;
}

interface Props {
  readonly call: Call;
  readonly attempt: CallAttempt | undefined;
  /** Whether the client's answer comes from this attempt. */
  readonly isAnswering: boolean;
}

/** Both sides of a call, the request and the answer. What belongs together lights up together. */
export function Panes({ call, attempt, isAnswering }: Props) {
  const [point, setPoint] = useState<Point>();
  const links = useMemo(
    () => ({
      request: new Links(attempt?.origins ?? []),
      answer: new Links(isAnswering ? call.answerOrigins : []),
    }),
    [call, attempt],
  );
  const pointTo = (pane: PaneName) => (path: string | undefined) =>
    setPoint(path === undefined || path === '' ? undefined : { pane, path });
  const marks = marksOf(call, links, point);
  const pane = (name: PaneName, title: string, body: Body | undefined) => (
    <Pane title={title} body={body} marks={marks[name]} onPoint={pointTo(name)} />
  );
  return (
    <div class="panes">
      {pane('client', 'Bedrock request', call.request)}
      {pane('chat', 'Chat request', attempt?.request)}
      <p class="origin" aria-live="polite">
        {originText(links, point)}
      </p>
      {pane('answer', 'Bedrock answer', call.answer)}
      {pane('chatAnswer', 'Chat answer', attempt?.answer)}
    </div>
  );
}

interface PaneProps {
  readonly title: string;
  readonly body: Body | undefined;
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

function marksOf(call: Call, links: BothLinks, point: Point | undefined): Record<PaneName, Marks> {
  const at = (pane: PaneName): string | undefined => (point?.pane === pane ? point.path : undefined);
  const [client, chat, answer, chatAnswer] = [at('client'), at('chat'), at('answer'), at('chatAnswer')];
  return {
    client: {
      isLit: (path) => path === client || (chat !== undefined && links.request.isSource(path, chat)),
      ignored: (path) =>
        call.ignored.some((ignored) => matchesCollapsed(path, ignored))
          ? 'ignored: it has no equivalent at this server'
          : undefined,
      refused: (path) => (path !== '' && isRefusedAt(call, path) ? call.reason : undefined),
    },
    chat: { isLit: (path) => path === chat || (client !== undefined && links.request.isFrom(path, client)) },
    answer: {
      isLit: (path) => path === answer || (chatAnswer !== undefined && links.answer.isFrom(path, chatAnswer)),
    },
    chatAnswer: {
      isLit: (path) => path === chatAnswer || (answer !== undefined && links.answer.isSource(path, answer)),
    },
  };
}

/** The reason names the path. */
function isRefusedAt({ reason }: Call, path: string): boolean {
  return reason !== undefined && reason.split(/[\s':]+/).includes(path);
}

/** Of what was made, where it comes from. */
function originText({ request, answer }: BothLinks, point: Point | undefined): string {
  if (point?.pane !== 'chat' && point?.pane !== 'answer')
    return 'Point at a member, or focus it, to see what it became.';
  const sources = (point.pane === 'chat' ? request : answer).sourcesOf(point.path);
  return `${point.path} ← ${sources.length === 0 ? 'not recorded' : sources.join(', ')}`;
}
