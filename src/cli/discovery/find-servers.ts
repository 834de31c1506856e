import type { DialectName } from '../../config/dialect-names.js';
import { askModels } from './ask-models.js';
import { readModelList, tellDialect } from './model-list.js';

/** Where the usual servers listen: LiteLLM, Ollama, llama.cpp, vLLM, LM Studio, SGLang. */
export const USUAL_PORTS: readonly number[] = [4_000, 11_434, 8_080, 8_000, 1_234, 30_000];

const TIMEOUT_MS = 1_000;
const WANTS_KEY: ReadonlySet<number> = new Set([401, 403]);

/** An OpenAI-compatible server on this machine. */
export interface FoundServer {
  readonly baseUrl: string;
  readonly dialect: DialectName;
  /** Undefined when it lists its models only to those who have a key. */
  readonly models?: readonly string[];
}

export interface Search {
  readonly ports?: readonly number[];
  /** The proxy's own port. */
  readonly without: number;
}

/** Asks the usual ports of 127.0.0.1 for a list of models, without a key. */
export async function findServers({ ports = USUAL_PORTS, without }: Search): Promise<FoundServer[]> {
  const asked = ports.filter((port) => port !== without).map((port) => serverAt(port));
  return (await Promise.all(asked)).filter((server) => server !== undefined);
}

async function serverAt(port: number): Promise<FoundServer | undefined> {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const answer = await askModels(baseUrl, { timeoutMs: TIMEOUT_MS });
  // the second is this proxy, which has no models of its own
  if (answer === undefined || 'x-amzn-requestid' in answer.headers) return undefined;
  if (WANTS_KEY.has(answer.status)) return { baseUrl, dialect: tellDialect(answer, []) };
  const models = readModelList(answer);
  if (models === undefined) return undefined;
  return { baseUrl, dialect: tellDialect(answer, models), models: models.map(({ id }) => id) };
}
