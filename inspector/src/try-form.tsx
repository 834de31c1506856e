import { useState } from 'preact/hooks';
import { ApiError, tryCall } from './api.ts';
import { type Example, EXAMPLES } from './examples.ts';

interface Props {
  readonly needsCredential: boolean;
  readonly onCalled: (id: string) => void;
}

/** Makes a call of one's own. The credential is sent with this call and not kept. */
export function TryForm({ needsCredential, onCalled }: Props) {
  const [model, setModel] = useState('us.anthropic.claude-sonnet-4-5-20250929-v1:0');
  const [example, setExample] = useState<Example>(EXAMPLES[0] as Example);
  const [body, setBody] = useState(textOf(example));
  const [bearer, setBearer] = useState('');
  const [problem, setProblem] = useState('');
  const choose = (name: string) => {
    const next = EXAMPLES.find((candidate) => candidate.name === name) ?? example;
    setExample(next);
    setBody(textOf(next));
  };
  const send = async () => {
    setProblem('');
    const path = example.path.replace('MODEL', encodeURIComponent(model));
    try {
      const { id, status } = await tryCall({ path, body, ...(bearer !== '' && { bearer }) });
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
        <input value={model} onInput={({ currentTarget }) => setModel(currentTarget.value)} />
      </label>
      {needsCredential && (
        <label>
          Bearer key of a client
          <input
            type="password"
            autocomplete="off"
            value={bearer}
            onInput={({ currentTarget }) => setBearer(currentTarget.value)}
          />
        </label>
      )}
      <label>
        Body
        <textarea
          rows={12}
          spellcheck={false}
          value={body}
          onInput={({ currentTarget }) => setBody(currentTarget.value)}
        />
      </label>
      <button type="submit">Send</button>
      <p role="alert">{problem}</p>
    </form>
  );
}

function textOf({ body }: Example): string {
  return body === undefined ? '' : JSON.stringify(body, undefined, 2);
}
