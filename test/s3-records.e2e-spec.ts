import { textCompletion } from './support/answers.js';
import { LogLines } from './support/log-lines.js';
import { OtlpReceiver } from './support/otlp-receiver.js';
import { bearer } from './support/routed-service.js';
import { OBJECTS, S3Service } from './support/s3-service.js';
import { Scrape } from './support/scrape.js';
import { answerJson } from './support/scripted-upstream.js';

const image = (uri: string) => ({ image: { format: 'png', source: { s3Location: { uri } } } });
const asking = (...content: object[]) => ({ messages: [{ role: 'user', content }] });
const CAT = image('s3://media/uploads/cat.png');
const DOG = image('s3://media/uploads/team-b/dog.png');
const MISSING = image('s3://media/uploads/none.png');
const BYTES = OBJECTS['media/uploads/cat.png'].length + OBJECTS['media/uploads/team-b/dog.png'].length;

let log: LogLines;
let collector: OtlpReceiver;
let service: S3Service;

beforeAll(async () => {
  log = new LogLines();
  collector = await OtlpReceiver.start();
  const variables = { LOG_LEVEL: 'info', OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint };
  service = await S3Service.start({}, variables, log);
  service.proxy.answerWith({ vllm: answerJson(textCompletion('Hi')) });
});
/** The last test closes the service. */
afterAll(() => collector[Symbol.asyncDispose]());

async function lineOf(request: object): Promise<Record<string, unknown>> {
  const { headers } = await service.proxy.converse('m', request, bearer('team-a'));
  return log.ofRequest(headers.get('x-amzn-requestid'));
}

describe('What was read from S3', () => {
  it('is in the log, with the number and size of the objects', async () => {
    expect((await lineOf(asking(CAT, DOG, CAT)))['s3']).toEqual({
      objects: 2,
      bytes: BYTES,
      durationMs: expect.any(Number) as number,
    });
  });

  it('is in the log with its failure', async () => {
    expect(await lineOf(asking(CAT, MISSING))).toMatchObject({
      status: 400,
      reason:
        'The value at messages.0.content.1.image.source.s3Location is invalid: the object cannot be read.',
      s3: { objects: 2, bytes: 0, failure: 'NoSuchKey' },
    });
  });

  it.each([
    ['nothing to read', asking({ text: 'Hi' })],
    ['what may not be read', asking(image('s3://secrets/key.png'))],
  ])('is not in the log of a request with %s', async (_, request) => {
    expect(await lineOf(request)).not.toHaveProperty('s3');
  });

  it('is counted', async () => {
    const metrics = await Scrape.of(service.proxy.proxy.managementUrl);
    expect(metrics.value('proxy_s3_reads_total', { failure: '' })).toBe(1);
    expect(metrics.value('proxy_s3_reads_total', { failure: 'NoSuchKey' })).toBe(1);
    expect(metrics.value('proxy_s3_read_bytes_total')).toBe(BYTES);
  });

  it('is a span, and no trace, line or metric has a key or a secret', async () => {
    // spans are sent at the latest when the process ends
    await service[Symbol.asyncDispose]();
    const spans = collector.spans.filter(({ name }) => name === 'S3.GetObject');
    expect(spans.map(({ kind, status, attributes }) => ({ kind, status, attributes }))).toEqual([
      {
        kind: 3,
        status: 0,
        attributes: {
          'rpc.system': 'aws-api',
          'rpc.service': 'S3',
          'rpc.method': 'GetObject',
          'proxy.s3.objects': 2,
          'proxy.s3.bytes': BYTES,
        },
      },
      {
        kind: 3,
        status: 2,
        attributes: {
          'rpc.system': 'aws-api',
          'rpc.service': 'S3',
          'rpc.method': 'GetObject',
          'proxy.s3.objects': 2,
          'proxy.s3.bytes': 0,
          'error.type': 'NoSuchKey',
        },
      },
    ]);
    expect(log.text + JSON.stringify(collector.requests)).not.toMatch(/S3RVER|cat\.png|none\.png|key\.png/);
  });
});
