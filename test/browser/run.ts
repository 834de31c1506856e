import { deepStrictEqual, ok } from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { EXAMPLES, filled } from '../../inspector/src/examples.ts';
import { GUARDRAIL, PROMPT, Stage } from './stage.ts';

/** `npm run test:browser`: the inspector in a real browser. `-- --screenshots` renews docs/images. */
const IMAGES = new URL('../../docs/images/', import.meta.url);
const WIDE = { width: 1280, height: 860 };
const NARROW = { width: 400, height: 800 };
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MODEL = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const SONNET = `/model/${MODEL}`;
const HAIKU = '/model/us.anthropic.claude-haiku-4-5-20251001-v1:0';
const OPUS = '/model/anthropic.claude-opus-4-1-20250805-v1:0';
const PREMIER = '/model/us.amazon.nova-premier-v1:0';
const messages = [{ role: 'user', content: [{ text: 'What is the capital of France?' }] }];
const CONVERSE = {
  system: [{ text: 'Answer in one sentence.' }],
  messages,
  inferenceConfig: { maxTokens: 200, temperature: 0.2 },
  requestMetadata: { team: 'search' },
};

const { values: options } = parseArgs({ options: { screenshots: { type: 'boolean', default: false } } });
const browser = await launchChromium().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
await using stage = await Stage.open();
const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light' });
const page = await context.newPage();
const complaints: string[] = [];
page.on('console', (message) => {
  if (message.type() === 'error') complaints.push(message.text());
});
page.on('pageerror', (error) => complaints.push(error.message));
page.on('request', (request) => {
  if (!request.url().startsWith(stage.inspectorUrl) && !request.url().startsWith('data:'))
    complaints.push(request.url());
});

const steps: readonly (readonly [fact: string, step: () => Promise<void>])[] = [
  ['calls of each operation appear as they are made', callsAppear],
  ['a call shows both sides, and what belongs together lights up', bothSides],
  ['an ignored member is struck through, with the reason', ignoredMember],
  ['a failed call shows its attempts with the words of the upstream', attempts],
  ['a stream is a time line that can be stepped through', streamLine],
  ['a stream is shown as it comes, with its gap', runningStream],
  ['a refused member is red at its path', refusedMember],
  ['the keyboard opens and closes a call', keyboard],
  ['the filter, pause and clear work', tools],
  ['a call of each operation is shown, both sides of it', eachOperation],
  ['a call can be made from the page', tryIt],
  ['axe finds nothing serious, wide and narrow, light and dark', accessibility],
  ['nothing is wider than a narrow screen', narrow],
  [
    'nothing came from another host, and the Content-Security-Policy held',
    async () => deepStrictEqual(complaints, []),
  ],
];
await page.goto(stage.inspectorUrl);
for (const [fact, step] of steps) {
  try {
    await step();
    console.log(`ok    ${fact}`);
  } catch (error) {
    console.log(`fails ${fact}\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
await browser.close();

async function callsAppear(): Promise<void> {
  const calls: readonly (readonly [operation: string, path: string, body?: object])[] = [
    ['converse', `${SONNET}/converse`, CONVERSE],
    ['converseStream', `${SONNET}/converse-stream`, { messages }],
    ['countTokens', `${SONNET}/count-tokens`, { input: { converse: { messages } } }],
    ['invokeModel', `${SONNET}/invoke`, { schemaVersion: 'messages-v1', messages }],
    ['listFoundationModels', '/foundation-models'],
    ['listInferenceProfiles', '/inference-profiles'],
  ];
  for (const [operation, path, body] of calls) {
    await stage.call(path, body);
    await row(operation).first().waitFor();
  }
  await stage.call(`${HAIKU}/converse`, CONVERSE);
  await stage.call(`${OPUS}/converse`, { messages });
  await page.locator('tbody tr').nth(7).waitFor();
  await image('inspector-list.png');
}

async function bothSides(): Promise<void> {
  await row('converse').last().click();
  await pane('Chat request').getByText('max_tokens').waitFor();
  await pane('Bedrock answer').getByText('Paris is the capital of France.').waitFor();
  await pane('Chat answer').getByText('Paris is the capital of France.').waitFor();
  await pane('Chat request').locator('[data-path="messages.1.content"]').hover();
  await page.getByText('messages.1.content ← messages.0.content.0.text').waitFor();
  deepStrictEqual(await litIn('Bedrock request'), ['messages.0.content.0.text']);
  await pane('Bedrock request').locator('[data-path="inferenceConfig.maxTokens"]').hover();
  deepStrictEqual(await litIn('Chat request'), ['max_tokens']);
  await pane('Chat request').locator('[data-path="messages.0.content"]').focus();
  deepStrictEqual(await litIn('Bedrock request'), ['system.0.text']);
  await pane('Bedrock answer').locator('[data-path="output.message.content.0.text"]').hover();
  deepStrictEqual(await litIn('Chat answer'), ['choices.0.message.content']);
  await page.getByText('output.message.content.0.text ← choices.0.message.content').waitFor();
  await pane('Chat answer').locator('[data-path="usage.completion_tokens"]').hover();
  deepStrictEqual(await litIn('Bedrock answer'), ['usage.outputTokens', 'usage.totalTokens']);
  await page.locator('article').scrollIntoViewIfNeeded();
  await pane('Chat request').locator('[data-path="messages.1.content"]').hover();
  await image('inspector-call.png', 'article');
}

async function ignoredMember(): Promise<void> {
  const ignored = pane('Bedrock request').locator('.row.ignored');
  deepStrictEqual(await ignored.getAttribute('data-path'), 'requestMetadata');
  ok((await ignored.getAttribute('title'))?.startsWith('ignored'));
}

async function attempts(): Promise<void> {
  await page.locator('tbody tr', { hasText: 'opus' }).first().click();
  const list = page.getByRole('list', { name: 'Attempts' });
  await list.getByText('busy/gpt-5').waitFor();
  await pane('Chat answer').getByText('all workers are busy').waitFor();
  await page.locator('tbody tr', { hasText: 'haiku' }).first().click();
  await list.getByText('busy/gpt-5-nano').waitFor();
  deepStrictEqual(await list.getByRole('listitem').count(), 2);
}

async function streamLine(): Promise<void> {
  await row('converseStream').first().click();
  const line = page.getByRole('region', { name: 'Time line' });
  // a busy machine reads several chunks at once
  await line.locator('rect.chunk').first().waitFor();
  await line.locator('rect.event').nth(5).waitFor();
  const before = await line.locator('output').textContent();
  await line.getByRole('button', { name: 'Next' }).click();
  ok((await line.locator('output').textContent()) !== before);
  await line.getByRole('slider').press('End');
  await line.locator('output', { hasText: '← chunk' }).waitFor();
  deepStrictEqual(await line.locator('rect.related').count(), 1);
  await line.getByText('tokens a second').waitFor();
  await pane('Bedrock answer').locator('[data-path="1"]').hover();
  ok((await litIn('Chat answer')).includes('0'));
  await line.getByRole('slider').press('Home');
  for (let step = 0; step < 3; step += 1) await line.getByRole('slider').press('ArrowRight');
}

async function runningStream(): Promise<void> {
  const { id, end } = await stage.begin(`${PREMIER}/converse-stream`, JSON.stringify({ messages }));
  await rowOf(id).getByText('running').waitFor();
  await rowOf(id).click();
  const line = page.getByRole('region', { name: 'Time line' });
  await line.getByText('still coming').waitFor();
  const early = await line.locator('rect.event').count();
  await end;
  await page.locator('article').getByText('200').first().waitFor();
  await line.getByText('still coming').waitFor({ state: 'detached' });
  ok((await line.locator('rect.event').count()) > early);
  await line.getByText('1 gap').waitFor();
  await line.scrollIntoViewIfNeeded();
  await image('inspector-stream.png', '.stream');
}

/** The examples of the form, as an application would send them. */
async function eachOperation(): Promise<void> {
  for (const example of EXAMPLES) {
    const { path, body } = filled(example, { model: MODEL, guardrail: GUARDRAIL, prompt: PROMPT });
    const { id, status } = await stage.call(path, body);
    await rowOf(id).click();
    const article = page.locator(`article[aria-label="Call ${id}"]`);
    await article.locator('header', { hasText: String(status) }).waitFor();
    const shown = await Promise.all(['Bedrock request', 'Bedrock answer'].map((name) => isFilled(name)));
    deepStrictEqual([example.name, ...shown], [example.name, body !== '', true]);
    const attempted = (await page.getByRole('list', { name: 'Attempts' }).count()) > 0;
    for (const name of attempted ? ['Chat request', 'Chat answer'] : [])
      deepStrictEqual([example.name, name, await isFilled(name)], [example.name, name, true]);
  }
}

async function isFilled(name: string): Promise<boolean> {
  return (await pane(name).locator('.row').count()) > 0;
}

async function refusedMember(): Promise<void> {
  await stage.call(`${SONNET}/converse`, { messages: [{ role: 'user', content: [{ text: 7 }] }] });
  await page.locator('tbody tr', { hasText: 'ValidationException' }).first().click();
  await page.locator('p.refused', { hasText: 'messages.0.content.0.text' }).waitFor();
  const red = pane('Bedrock request').locator('.row.refused');
  deepStrictEqual(await red.getAttribute('data-path'), 'messages.0.content.0.text');
}

async function keyboard(): Promise<void> {
  await page.keyboard.press('Escape');
  deepStrictEqual(await page.locator('article').count(), 0);
  await page.locator('tbody tr button').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('article').waitFor();
  await page.keyboard.press('Escape');
}

async function tools(): Promise<void> {
  const rows = page.locator('tbody tr');
  const all = await rows.count();
  await page.getByRole('searchbox').fill('opus 503');
  await page.waitForFunction('document.querySelectorAll("tbody tr").length === 1');
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Pause' }).click();
  await stage.call('/foundation-models');
  deepStrictEqual(await rows.count(), all);
  await page.getByRole('button', { name: 'Go on' }).click();
  await rows.nth(all).waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByText('No call yet').waitFor();
}

async function tryIt(): Promise<void> {
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  await pane('Bedrock answer').getByText('Paris is the capital of France.').waitFor();
  await page.getByLabel('Example').selectOption('ConverseStream');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('region', { name: 'Time line' }).waitFor();
}

async function accessibility(): Promise<void> {
  for (const viewport of [WIDE, NARROW]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      deepStrictEqual(await seriousProblems(page), []);
    }
  }
}

async function narrow(): Promise<void> {
  await page.setViewportSize(NARROW);
  deepStrictEqual(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
}

/** Names of rules, with the elements that break them. The script is run by the browser's debugger, which no policy stops. */
async function seriousProblems(subject: Page): Promise<string[]> {
  await subject.evaluate(AXE);
  const { violations } = await subject.evaluate<{
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  }>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

function row(operation: string) {
  return page.locator('tbody tr').filter({ has: page.getByText(operation, { exact: true }) });
}

function rowOf(id: string) {
  return page.locator(`tr[data-id="${id}"]`);
}

function pane(name: string) {
  return page.getByRole('region', { name, exact: true });
}

async function litIn(name: string): Promise<(string | null)[]> {
  const lit = await pane(name).locator('.row.lit').all();
  return Promise.all(lit.map((element) => element.getAttribute('data-path')));
}

async function image(name: string, selector?: string): Promise<void> {
  if (!options.screenshots) return;
  mkdirSync(IMAGES, { recursive: true });
  const path = fileURLToPath(new URL(name, IMAGES));
  await (selector === undefined ? page.screenshot({ path }) : page.locator(selector).screenshot({ path }));
}
