import { useState } from 'preact/hooks';
import { ApiError, tryCall } from './api.ts';
import { CredentialFields, NO_CREDENTIAL, toCredential } from './credential-fields.tsx';
import { type Example, EXAMPLES, filled, type Ids } from './examples.ts';

interface Props {
  readonly needsCredential: boolean;
  readonly onCalled: (id: string) => void;
}

const FURTHER_IDS = [
  ['guardrail', 'Guardrail id'],
  ['prompt', 'Prompt id'],
] as const;
const MODEL = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

/** Makes a call of one's own. The credential is sent with this call and not kept. */
export function TryForm({ needsCredential, onCalled }: Props) {
  const [ids, setIds] = useState<Ids>({ model: MODEL, guardrail: '', prompt: '' });
  const [example, setExample] = useState<Example>(EXAMPLES[0] as Example); // the list is not empty
  // what the user has changed stays until another example is chosen
  const [edited, setEdited] = useState<string>();
  const [credential, setCredential] = useState(NO_CREDENTIAL);
  const [problem, setProblem] = useState('');
  const request = filled(example, ids);
  const body = edited ?? request.body;
  const choose = (name: string) => {
    setExample(EXAMPLES.find((candidate) => candidate.name === name) ?? example);
    setEdited(undefined);
  };
  const send = async () => {
    setProblem('');
    const given = toCredential(credential);
    try {
      const { id, status } = await tryCall({ path: request.path, body, ...(given && { credential: given }) });
      if (id === undefined) setProblem(`The answer was ${status}`);
      else onCalled(id);
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : String(error));
    }
  };
  return (
    <form
      class="try"
      aria-label="Try it"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label>
        Example
        <select value={example.name} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {EXAMPLES.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label>
        Model id
        <input
          value={ids.model}
          onInput={({ currentTarget }) => setIds({ ...ids, model: currentTarget.value })}
        />
      </label>
      {FURTHER_IDS.filter(([name]) => names(example, name)).map(([name, label]) => (
        <label key={name}>
          {label}
          <input
            value={ids[name]}
            onInput={({ currentTarget }) => setIds({ ...ids, [name]: currentTarget.value })}
          />
        </label>
      ))}
      {needsCredential && <CredentialFields input={credential} onInput={setCredential} />}
      <p class="quiet path">
        {body === '' ? 'GET' : 'POST'} {request.path}
      </p>
      <label>
        Body
        <textarea
          rows={12}
          spellcheck={false}
          value={body}
          onInput={({ currentTarget }) => setEdited(currentTarget.value)}
        />
      </label>
      <button type="submit">Send</button>
      <p role="alert">{problem}</p>
    </form>
  );
}

function names({ path, body }: Example, id: keyof Ids): boolean {
  return `${path} ${JSON.stringify(body)}`.includes(`{${id}}`);
}
