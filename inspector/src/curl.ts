import type { Call, CallAttempt } from '../../src/inspector/call.ts';

/** Lines to repeat a call. Credentials are placeholders, because none is held. */
export function bedrockCurl({ method, path, request }: Call): string {
  return line(method, `http://127.0.0.1:8000${path}`, '$AWS_BEARER_TOKEN_BEDROCK', request.text);
}

export function chatCurl({ url, request }: CallAttempt): string {
  return line('POST', `${url}/chat/completions`, '$OPENAI_API_KEY', request.text);
}

function line(method: string, url: string, key: string, body: string): string {
  const data =
    body === ''
      ? ''
      : ` \\\n  -H 'content-type: application/json' \\\n  -d '${body.replaceAll("'", "'\\''")}'`;
  return `curl -X ${method} '${url}' \\\n  -H "authorization: Bearer ${key}"${data}`;
}
