import { once } from 'node:events';
import {
  createServer,
  request as send,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { ExpressAdapter } from '@nestjs/platform-express';
import fc from 'fast-check';
import { OperationRoutes } from './operation-routes.js';

const OPERATIONS = ['converse', 'converse-stream'];

const routes = new OperationRoutes();
for (const operation of OPERATIONS) routes.add(`/model/*modelId/${operation}`, () => operation);

/** The operation and the params of a request, where the routes know them. */
function find(method: string, url: string): unknown {
  const found = routes.find({ method, url });
  return found && { operation: found.handler({}, {}, () => undefined), params: found.params };
}

describe('OperationRoutes', () => {
  it.each([
    ['/model/m/converse', 'converse', ['m']],
    ['/model/m/converse-stream', 'converse-stream', ['m']],
    ['/model/anthropic.claude-v1%3A0/converse', 'converse', ['anthropic.claude-v1:0']],
    ['/model/arn%3Aaws%3Abedrock%2Fp/converse', 'converse', ['arn:aws:bedrock/p']],
    ['/model/meta/llama/converse', 'converse', ['meta', 'llama']],
    ['/model/x/converse/converse-stream', 'converse-stream', ['x', 'converse']],
  ])('finds %s', (url, operation, modelId) => {
    expect(find('POST', url)).toEqual({ operation, params: { modelId } });
  });

  it.each([
    ['GET', '/model/m/converse'],
    ['POST', '/model/m/converse?a=1'],
    ['POST', '/model/m/converse/'],
    ['POST', '/model/m/invoke'],
    ['POST', '/model//converse'],
    ['POST', '/model/converse'],
    ['POST', '/models/m/converse'],
    ['POST', '/model/%E0%A4%A/converse'],
    ['POST', 'http://host/model/m/converse'],
  ])('leaves %s %s to Express', (method, url) => {
    expect(find(method, url)).toBeUndefined();
  });

  it('records no other routes', () => {
    const others = new OperationRoutes();
    others.add('/foundation-models/*modelId', () => undefined);
    others.add(/model/, () => undefined);
    others.add('/model/*modelId/converse', undefined);
    expect(others.find({ method: 'POST', url: '/model/m/converse' })).toBeUndefined();
  });

  describe('OperationRoutes compared with Express', () => {
    const express = new ExpressAdapter();
    for (const operation of OPERATIONS) {
      express.post(
        `/model/*modelId/${operation}`,
        ({ params }: { params: unknown }, response: ServerResponse) => {
          response.end(JSON.stringify({ operation, params }));
        },
      );
    }
    const server = createServer(express.getInstance<RequestListener>());
    beforeAll(async () => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    async function ask(path: string): Promise<unknown> {
      const { port } = server.address() as AddressInfo; // a TCP port, not a pipe
      const request = send({ host: '127.0.0.1', port, path, method: 'POST' }).end();
      const [response] = (await once(request, 'response')) as [IncomingMessage]; // as documented
      return json(response);
    }

    it('finds only routes that Express finds, with the same parameters', async () => {
      const piece = fc.constantFrom(
        'm',
        '/',
        'a.b',
        '%3A',
        '%2F',
        '%',
        ':',
        '..',
        '*',
        'converse',
        '%20',
        '%C3%BC',
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(piece, { maxLength: 6 }),
          fc.constantFrom(...OPERATIONS, 'invoke'),
          async (pieces, operation) => {
            const url = `/model/${pieces.join('')}/${operation}`;
            const found = find('POST', url);
            if (found !== undefined) expect(found).toEqual(await ask(url));
          },
        ),
      );
    });
  });
});
