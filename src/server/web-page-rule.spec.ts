import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { WebPageRule } from './web-page-rule.js';

// the part of a request that is read
const requestOf = (headers: IncomingHttpHeaders) => ({ headers }) as IncomingMessage;

const onLoopback = new WebPageRule('127.0.0.1', ['dev.example']);
const onWiderAddress = new WebPageRule('0.0.0.0', ['dev.example']);
const LOCAL = { host: 'localhost:8000' };

describe('The web page rule on any address', () => {
  it.each<[IncomingHttpHeaders]>([
    [LOCAL],
    [{ ':authority': 'localhost:8000' }],
    [{}],
    [{ ...LOCAL, 'sec-fetch-site': 'same-origin' }],
    [{ ...LOCAL, 'sec-fetch-site': 'none' }],
    [{ ...LOCAL, origin: 'http://localhost:8000' }],
    [{ ...LOCAL, 'sec-fetch-site': 'same-origin', origin: 'http://LOCALHOST:8000' }],
    [{ ':authority': 'localhost:8000', origin: 'https://localhost:8000' }],
    [{ host: 'localhost', origin: 'http://localhost' }],
    [{ host: 'localhost:80', origin: 'http://localhost' }],
    [{ host: 'localhost', origin: 'https://localhost' }],
    [{ host: 'localhost:443', origin: 'https://localhost' }],
    [{ host: '[::1]:8000', origin: 'http://[::1]:8000' }],
    [{ ...LOCAL, referer: 'https://evil.example/' }],
  ])('accepts %j', (headers) => {
    expect(onLoopback.objectionTo(requestOf(headers))).toBeUndefined();
    expect(onWiderAddress.objectionTo(requestOf(headers))).toBeUndefined();
  });

  it.each<[IncomingHttpHeaders]>([
    [{ ...LOCAL, 'sec-fetch-site': 'cross-site' }],
    [{ ...LOCAL, 'sec-fetch-site': 'same-site' }],
    [{ ...LOCAL, 'sec-fetch-site': '' }],
    [{ ...LOCAL, 'sec-fetch-site': 'none, cross-site' }],
    [{ ...LOCAL, 'sec-fetch-site': 'cross-site', origin: 'http://localhost:8000' }],
    [{ ...LOCAL, 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }],
    [{ ...LOCAL, origin: 'https://evil.example' }],
    [{ ...LOCAL, origin: 'http://localhost:3000' }],
    [{ ...LOCAL, origin: 'http://localhost' }],
    [{ ...LOCAL, origin: 'http://127.0.0.1:8000' }],
    [{ ...LOCAL, origin: 'http://localhost:8000.evil.example' }],
    [{ ...LOCAL, origin: 'http://localhost:8000, https://evil.example' }],
    [{ ...LOCAL, origin: 'null' }],
    [{ ...LOCAL, origin: '' }],
    [{ ...LOCAL, origin: 'localhost:8000' }],
    [{ ...LOCAL, origin: 'file://' }],
    [{ ...LOCAL, origin: 'chrome-extension://abcdef' }],
    [{ ...LOCAL, origin: 'http://dev.example' }],
    [{ ':authority': 'localhost:8000', host: 'evil.example', origin: 'http://evil.example' }],
    [{ origin: 'http://localhost' }],
    [{ host: 'a@b', origin: 'http://b' }],
    [{ host: 'b:99999', origin: 'http://b' }],
  ])('refuses %j as a request of another site', (headers) => {
    expect(onLoopback.objectionTo(requestOf(headers))).toBe('cross_site');
    expect(onWiderAddress.objectionTo(requestOf(headers))).toBe('cross_site');
  });
});

describe('The web page rule on loopback', () => {
  it.each(['127.0.0.1', '127.0.0.2', '::1', 'localhost'])('checks the Host header on %s', (address) => {
    const rule = new WebPageRule(address, []);
    expect(rule.objectionTo(requestOf({ host: 'evil.example' }))).toBe('host');
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'proxy.internal'])(
    'does not check the Host header on %s',
    (address) => {
      const rule = new WebPageRule(address, []);
      expect(rule.objectionTo(requestOf({ host: 'evil.example' }))).toBeUndefined();
    },
  );

  it.each([
    'localhost',
    'LOCALHOST:1',
    'localhost.',
    'proxy.localhost:8000',
    '127.0.0.1',
    '127.9.9.9:8000',
    '[::1]:8000',
    'host.docker.internal:8000',
    'dev.example',
    'DEV.example.:9',
  ])('accepts the Host header %s', (host) => {
    for (const headers of [{ host }, { ':authority': host }]) {
      expect(onLoopback.objectionTo(requestOf(headers))).toBeUndefined();
      expect(onLoopback.objectionTo(requestOf(headers))).toBeUndefined();
    }
  });

  it.each([
    'evil.example',
    'evil.example:8000',
    'sub.dev.example',
    'dev.example.evil',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '0.0.0.0:8000',
    '192.168.1.5',
    '[fe80::1]',
    'localhost@evil.example',
    'localhost, evil.example',
    '',
  ])('refuses the Host header %j', (host) => {
    onLoopback.objectionTo(requestOf(LOCAL));
    for (const headers of [{ host }, { ':authority': host }, { ':authority': host, host: 'localhost' }]) {
      expect(onLoopback.objectionTo(requestOf(headers))).toBe('host');
    }
  });
});
