import { Service } from './support/service.js';
import { answerJson, answerChunks } from './support/scripted-upstream.js';
import { textCompletion, textChunks } from './support/answers.js';
import net from 'node:net';
const body = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'x' }] }] });
async function closes(s: Service) {
  const t = performance.now();
  const done = s.proxy.close().then(() => 'closed ' + (performance.now() - t).toFixed(0));
  const r = await Promise.race([done, new Promise((res) => setTimeout(() => res('HANGS'), 2000))]);
  console.log(r);
  (s.proxy.app.getHttpAdapter() as any).front.destroy?.();
  await s.upstream.close();
}
it('keepalive', async () => { const s = await Service.start(); s.upstream.answerWith(answerJson(textCompletion('x')));
  await (await fetch(s.url + '/model/m/converse', { method: 'POST', body })).text(); await closes(s); });
it('stream', async () => { const s = await Service.start(); s.upstream.answerWith(answerChunks(textChunks('x')));
  await (await fetch(s.url + '/model/m/converse-stream', { method: 'POST', body })).arrayBuffer(); await closes(s); });
it('unread', async () => { const s = await Service.start(); s.upstream.answerWith(answerChunks(textChunks('x')));
  await fetch(s.url + '/model/m/converse-stream', { method: 'POST', body }); await closes(s); });
it('silent', async () => { const s = await Service.start(); 
  const c = net.connect(s.proxy.port, '127.0.0.1'); await new Promise((r) => c.on('connect', r)); await closes(s); c.destroy(); });
it('many', async () => { const s = await Service.start(); s.upstream.answerWith(answerJson(textCompletion('x')));
  await Promise.all(Array.from({length: 9}, async () => (await fetch(s.url + '/model/m/converse', { method: 'POST', body })).text())); await closes(s); });
