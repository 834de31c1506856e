import { Crowd } from './crowd.ts';
import { InstantUpstream } from './instant-upstream.ts';
import { ProxyProcess } from './proxy-process-dbg.ts';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
const cpu=(pid)=>{const f=readFileSync(`/proc/${pid}/stat`,'utf8').split(') ')[1].split(' ');return Number(f[11])+Number(f[12])};
const BODY = Buffer.from(JSON.stringify({messages: Array.from({ length: 101 }, (_, turn) => ({role: turn % 2 === 0 ? 'user' : 'assistant',content: Array.from({ length: 16 }, () => ({ text: 'Hi' }))}))}));
const upstream = new InstantUpstream(0);await upstream.listen();
const proxy = await ProxyProcess.start({ OPENAI_API_BASE: upstream.baseUrl, LOG_LEVEL: "warn", ...(process.env.OPTS && { NODE_OPTIONS: process.env.OPTS }) });
const pin=(pid,core)=>spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)]);
pin(process.pid,0);pin(proxy.pid,1);
for (const n of (process.env.NS ?? "64,1024,64,1024").split(",").map(Number)) {
const crowd = new Crowd(proxy.url, BODY);
await crowd.gather(n);
await crowd.askInTurn(n, 1000);crowd.takeTally();const c0=cpu(proxy.pid),g0=cpu(process.pid);
await crowd.askInTurn(n, 4000);const t=crowd.takeTally();console.log(n, 'served/s',t.served/4,'shed', t.shed/4,'proxy us/served',(cpu(proxy.pid)-c0)*1e4/t.served,'proxy cpu',(cpu(proxy.pid)-c0)/400,'gen cpu',(cpu(process.pid)-g0)/400);crowd.close();
}
process.kill(proxy.pid,'SIGKILL');process.exit();
