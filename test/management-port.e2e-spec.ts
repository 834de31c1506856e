import { startProxy } from './support/proxy.js';
import { Service } from './support/service.js';

let service: Service;

beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service[Symbol.asyncDispose]());

describe('The management port', () => {
  it.each(['/health', '/health/live', '/health/ready'])('answers %s', async (path) => {
    expect((await fetch(service.proxy.managementUrl + path)).status).toBe(200);
  });

  it.each(['/', '/model/m/converse', '/foundation-models', '/healthz', '/metricsx'])(
    'does not serve %s',
    async (path) => {
      const response = await fetch(service.proxy.managementUrl + path, {
        method: 'POST',
        body: '{}',
      });
      expect(response.status).toBe(404);
    },
  );

  it('prevents the start if it is taken', async () => {
    const { port } = new URL(service.proxy.managementUrl);
    await expect(startProxy({ MANAGEMENT_PORT: port })).rejects.toThrow('EADDRINUSE');
  });
});
