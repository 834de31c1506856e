import { useEffect, useRef, useState } from 'preact/hooks';
import type { Call, CallSummary, Session } from '../../src/inspector/call.ts';
import { clearCalls, followCalls, getCall, listCalls, openSession } from './api.ts';
import { CallList } from './call-list.tsx';
import { CallView } from './call-view.tsx';
import { Login } from './login.tsx';
import { TryForm } from './try-form.tsx';

const MAX_CALLS = 200;
const GROWTH_MS = 250;

export function App() {
  const [session, setSession] = useState<Session>();
  const open = () => void openSession().then(setSession);
  useEffect(open, []);
  if (session === undefined) return <main aria-busy="true" />;
  if (!session.isLoggedIn) return <Login onDone={open} />;
  return <Inspector needsCredential={session.needsCredential === true} />;
}

function Inspector({ needsCredential }: { needsCredential: boolean }) {
  const { calls, isPaused, pause, clear } = useCalls();
  const [call, setCall] = useState<Call>();
  const [isTrying, setTrying] = useState(false);
  const show = (id: string) => void getCall(id).then(setCall, () => setCall(undefined));
  useGrowth(call, setCall);
  useEffect(() => {
    const close = ({ key }: KeyboardEvent) => key === 'Escape' && setCall(undefined);
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, []);
  return (
    <main>
      <header class="top">
        <h1>Inspector</h1>
        <button type="button" aria-expanded={isTrying} onClick={() => setTrying(!isTrying)}>
          Try it
        </button>
      </header>
      {isTrying && (
        <TryForm needsCredential={needsCredential} onCalled={(id) => void whenHeld(id).then(setCall)} />
      )}
      <div class={call === undefined ? 'columns' : 'columns with-call'}>
        <CallList
          calls={calls}
          selected={call?.id}
          isPaused={isPaused}
          onSelect={show}
          onPause={pause}
          onClear={() => void clear().then(() => setCall(undefined))}
        />
        {call !== undefined && <CallView key={call.id} call={call} onClose={() => setCall(undefined)} />}
      </div>
    </main>
  );
}

/** The list, as it grows. While it is paused new calls wait. */
function useCalls() {
  const [calls, setCalls] = useState<readonly CallSummary[]>([]);
  const [isPaused, setPaused] = useState(false);
  const paused = useRef(false);
  const load = () => void listCalls().then(setCalls);
  useEffect(() => {
    load();
    return followCalls((call) => {
      if (!paused.current) setCalls((before) => withCall(before, call));
    });
  }, []);
  const pause = () => {
    paused.current = !paused.current;
    setPaused(paused.current);
    if (!paused.current) load();
  };
  const clear = async () => {
    await clearCalls();
    setCalls([]);
  };
  return { calls, isPaused, pause, clear };
}

/** A call that is under way keeps its place while it changes. */
function withCall(calls: readonly CallSummary[], call: CallSummary): readonly CallSummary[] {
  if (!calls.some(({ id }) => id === call.id)) return [call, ...calls].slice(0, MAX_CALLS);
  return calls.map((before) => (before.id === call.id ? call : before));
}

/** Shows more of a call that is under way, until it is over. */
function useGrowth(call: Call | undefined, setCall: (call: Call) => void): void {
  const [attempts, setAttempts] = useState(0);
  useEffect(() => {
    if (call?.isRunning !== true) return undefined;
    const timer = setTimeout(() => {
      getCall(call.id).then(setCall, () => setAttempts(attempts + 1));
    }, GROWTH_MS);
    return () => clearTimeout(timer);
  }, [call, attempts]);
}

/** A call is held a moment after its answer. */
async function whenHeld(id: string): Promise<Call | undefined> {
  const held = new Promise<void>((resolve) => {
    const stop = followCalls((call) => {
      if (call.id !== id) return;
      stop();
      resolve();
    });
  });
  const now = await getCall(id).catch(() => undefined);
  if (now !== undefined) return now;
  await held;
  return getCall(id).catch(() => undefined);
}
