import type { Options } from '../options.ts';
import type { Verdict } from '../report/goals.ts';
export async function benchValidation(_options: Options): Promise<Verdict[]> { return []; }
