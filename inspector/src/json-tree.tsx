import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** How a member is shown, by its path. */
export interface Marks {
  isLit(path: string): boolean;
  /** Why a member was ignored; undefined when it was not. */
  ignored?(path: string): string | undefined;
  /** Why the request was refused, at this path. */
  refused?(path: string): string | undefined;
}

interface Props {
  readonly label: string;
  readonly text: string;
  readonly marks: Marks;
  readonly onPoint: (path: string | undefined) => void;
}

const LONG_TEXT = 400;

/** A body as a tree, or as it is when it is not JSON. */
export function JsonTree({ label, text, marks, onPoint }: Props) {
  const value = parsed(text);
  if (text === '') return <p class="quiet">nothing</p>;
  if (value === undefined)
    return (
      <pre class="raw" tabIndex={0}>
        {text}
      </pre>
    );
  return (
    <ul class="tree" aria-label={label} onMouseLeave={() => onPoint(undefined)}>
      <Node name={undefined} value={value} path="" marks={marks} onPoint={onPoint} />
    </ul>
  );
}

interface NodeProps extends Pick<Props, 'marks' | 'onPoint'> {
  readonly name: string | undefined;
  readonly value: unknown;
  readonly path: string;
}

function Node({ name, value, path, marks, onPoint }: NodeProps) {
  const ignored = marks.ignored?.(path);
  const refused = marks.refused?.(path);
  const isBranch = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  const classes = [
    'row',
    path !== '' && marks.isLit(path) && 'lit',
    ignored !== undefined && 'ignored',
    refused !== undefined && 'refused',
  ].filter(Boolean);
  return (
    <li>
      <span
        class={classes.join(' ')}
        tabIndex={0}
        role="button"
        data-path={path}
        title={ignored ?? refused}
        onMouseEnter={() => onPoint(path)}
        onFocus={() => onPoint(path)}
      >
        {name !== undefined && <span class="name">{name}: </span>}
        {isBranch ? <Bracket value={value} /> : <Leaf value={value} />}
        {(ignored ?? refused) !== undefined && <em class="why">{ignored ?? refused}</em>}
      </span>
      {isBranch && (
        <ul>
          {Object.entries(value).map(([member, inner]) => (
            <Node
              key={member}
              name={member}
              value={inner}
              path={path === '' ? member : `${path}.${member}`}
              marks={marks}
              onPoint={onPoint}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

function Bracket({ value }: { value: object }) {
  const count = Object.keys(value).length;
  return <span class="quiet">{Array.isArray(value) ? `[ ${count} ]` : '{ }'}</span>;
}

function Leaf({ value }: { value: unknown }): ComponentChildren {
  const [isOpen, open] = useState(false);
  if (typeof value !== 'string') return <span class="number">{JSON.stringify(value)}</span>;
  if (value.length <= LONG_TEXT || isOpen) return <span class="text">{JSON.stringify(value)}</span>;
  return (
    <span class="text">
      {JSON.stringify(`${value.slice(0, LONG_TEXT / 4)}…`)}{' '}
      <button type="button" onClick={() => open(true)}>
        {value.length} characters
      </button>
    </span>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
