import {
  BedrockRuntimeClient,
  GetAsyncInvokeCommand,
  ListAsyncInvokesCommand,
  StartAsyncInvokeCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { GuardedService, TEAM_A_BEARER } from '../support/guarded-service.js';
import { Service } from '../support/service.js';
import { bedrockClient } from './bedrock-client.js';

const ARN = 'arn:aws:bedrock:us-east-1:000000000000:async-invoke/abcdefghijkl';

describe('the AWS SDK and asynchronous invocations, which are not offered', () => {
  let service: Service;
  let client: BedrockRuntimeClient;

  beforeAll(async () => {
    service = await Service.start();
    client = bedrockClient(service.url);
  });
  afterAll(async () => {
    client.destroy();
    await service[Symbol.asyncDispose]();
  });

  it('learns what is missing when it starts one', async () => {
    const started = client.send(
      new StartAsyncInvokeCommand({
        modelId: 'amazon.nova-reel-v1:0',
        modelInput: { taskType: 'TEXT_VIDEO' },
        outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://bucket' } },
      }),
    );
    await expect(started).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('results are written to Amazon S3'),
    });
    expect(service.upstream.requests).toEqual([]);
  });

  it('is refused first where it may not call the model', async () => {
    await using guarded = await GuardedService.start({ teamAModels: ['us.amazon.nova-*'] });
    const response = await fetch(`${guarded.url}/async-invoke`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEAM_A_BEARER}` },
      body: JSON.stringify({ modelId: 'luma.ray-v2:0' }),
    });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([
      403,
      'AccessDeniedException',
    ]);
  });

  it('finds none in the list', async () => {
    expect(await client.send(new ListAsyncInvokesCommand({}))).toMatchObject({ asyncInvokeSummaries: [] });
  });

  it('finds none by its ARN', async () => {
    await expect(client.send(new GetAsyncInvokeCommand({ invocationArn: ARN }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('does not exist'),
    });
  });

  it('is told that there is no bidirectional stream', async () => {
    const url = `${service.url}/model/amazon.nova-sonic-v1:0/invoke-with-bidirectional-stream`;
    const response = await fetch(url, { method: 'POST', body: '{}' });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([
      404,
      'UnknownOperationException',
    ]);
    expect(await response.json()).toEqual({
      message: expect.stringContaining('hears and speaks in real time'),
    });
  });
});
