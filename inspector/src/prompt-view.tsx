import type { CallPrompt } from '../../src/inspector/call.ts';
import { JsonTree } from './json-tree.tsx';

const UNMARKED = { isLit: () => false };

/** The prompt that the request named, and what its variables made of it. */
export function PromptView({ prompt: { name, filled } }: { prompt: CallPrompt }) {
  if (filled === undefined) return <p class="quiet">Prompt {name}, which was not filled</p>;
  return (
    <details>
      <summary>
        Prompt {name}, filled {filled.isCut && <span class="quiet">(cut)</span>}
      </summary>
      <JsonTree label="Filled prompt" text={filled.text} marks={UNMARKED} onPoint={() => undefined} />
    </details>
  );
}
