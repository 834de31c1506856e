import type { TryCredential } from '../../src/inspector/call.ts';

type Kind = 'bearer' | 'pair';

/** What the user has typed. It stays in the form, and is sent with a call alone. */
export interface CredentialInput {
  readonly kind: Kind;
  readonly bearer: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export const NO_CREDENTIAL: CredentialInput = {
  kind: 'bearer',
  bearer: '',
  accessKeyId: '',
  secretAccessKey: '',
};

interface Props {
  readonly input: CredentialInput;
  readonly onInput: (input: CredentialInput) => void;
}

/** A bearer key, or a key pair with which the service signs the call. */
export function CredentialFields({ input, onInput }: Props) {
  const propsOf = (name: Exclude<keyof CredentialInput, 'kind'>) => ({
    autocomplete: 'off',
    spellcheck: false,
    value: input[name],
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      onInput({ ...input, [name]: currentTarget.value }),
  });
  return (
    <fieldset>
      <legend>Credential of a client: used for this call, stored nowhere</legend>
      <label>
        Kind
        <select
          value={input.kind}
          onChange={({ currentTarget }) => onInput({ ...input, kind: currentTarget.value as Kind })}
        >
          <option value="bearer">Bearer key</option>
          <option value="pair">Key pair (SigV4)</option>
        </select>
      </label>
      {input.kind === 'bearer' ? (
        <label>
          Bearer key
          <input type="password" {...propsOf('bearer')} />
        </label>
      ) : (
        <>
          <label>
            Access key id
            <input {...propsOf('accessKeyId')} />
          </label>
          <label>
            Secret access key
            <input type="password" {...propsOf('secretAccessKey')} />
          </label>
        </>
      )}
    </fieldset>
  );
}

/** Undefined while it is not complete: then the call is made without, and refused where one is needed. */
export function toCredential({
  kind,
  bearer,
  accessKeyId,
  secretAccessKey,
}: CredentialInput): TryCredential | undefined {
  if (kind === 'bearer') return bearer === '' ? undefined : { bearer };
  return accessKeyId === '' || secretAccessKey === '' ? undefined : { accessKeyId, secretAccessKey };
}
