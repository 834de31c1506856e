import type { Bench } from '../measure/bench.ts';
import type { Options } from '../options.ts';
import type { Verdict } from '../report/goals.ts';
export async function benchHostileBodies(_options: Options, _bench: Bench): Promise<Verdict[]> { return []; }
