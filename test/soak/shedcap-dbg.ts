import { Crowd } from './crowd.ts';
import { InstantUpstream } from './instant-upstream.ts';
import { ProxyProcess } from './proxy-process-dbg.ts';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
const cpu=(pid)=>{const f=readFileSync(`/proc/${pid}/stat`,'utf8').split(') ')[1].split(' ');console.log('u',f[11],'s',f[12]);return Number(f[11])+Number(f[12])};
const BODY = Buffer.from(JSON.stringify({messages: Array.from({ length: 101 }, (_, turn) => ({role: turn % 2 === 0 ? 'user' : 'assistant',content: Array.from({ length: 16 }, () => ({ text: 'Hi' }))}))}));
console.log(BODY.length);
const upstream = new InstantUpstream(1e7);await upstream.listen();
const proxy = await ProxyProcess.start({ OPENAI_API_BASE: upstream.baseUrl, LOG_LEVEL: 'warn', MAX_REQUESTS_IN_FLIGHT: '1' });
const pin=(pid,core)=>spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)]);
pin(process.pid,0);pin(proxy.pid,1);
const one = new Crowd(proxy.url, BODY); void one.askInTurn(1, 1e6);
await new Promise(r=>setTimeout(r,500));
for (const body of [Buffer.from('{}'), BODY]) {
const crowd = new Crowd(proxy.url, body);
await crowd.askInTurn(64, 3000);crowd.takeTally();
const c0=cpu(proxy.pid),m0=cpu(process.pid);await crowd.askInTurn(64, 5000);const t=crowd.takeTally();console.log('cpu us/req proxy',(cpu(proxy.pid)-c0)*1e4/t.shed,'gen',(cpu(process.pid)-m0)*1e4/t.shed);console.log(body.length, t, t.shed/5);
}
process.kill(proxy.pid,'SIGKILL');process.exit();
