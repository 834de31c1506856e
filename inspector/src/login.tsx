import { useState } from 'preact/hooks';
import { ApiError, logIn } from './api.ts';

export function Login({ onDone }: { onDone: () => void }) {
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState('');
  const send = async () => {
    try {
      await logIn(key);
      onDone();
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : String(error));
    }
  };
  return (
    <main>
      <form
        class="try"
        aria-label="Login"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label>
          Key of the operator
          <input
            type="password"
            autocomplete="current-password"
            value={key}
            onInput={({ currentTarget }) => setKey(currentTarget.value)}
          />
        </label>
        <button type="submit">Log in</button>
        <p role="alert">{problem}</p>
      </form>
    </main>
  );
}
