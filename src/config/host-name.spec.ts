import { hostToName, isLoopback } from './host-name.js';

describe('hostToName', () => {
  it.each([
    ['localhost', 'localhost'],
    ['LocalHost:8000', 'localhost'],
    ['proxy.example.:80', 'proxy.example'],
    ['127.0.0.1:8000', '127.0.0.1'],
    ['[::1]:8000', '[::1]'],
    ['[0:0:0:0:0:0:0:1]', '[0:0:0:0:0:0:0:1]'],
    ['my_host-1', 'my_host-1'],
  ])('%s: %s', (host, name) => {
    expect(hostToName(host)).toBe(name);
  });

  it.each([
    '',
    ' ',
    ':80',
    'a b',
    'localhost@evil',
    'localhost/x',
    'a:b',
    '::1',
    'a:80:80',
    '[::1',
    'a,b',
    'ö',
  ])('returns undefined for %s', (host) => {
    expect(hostToName(host)).toBeUndefined();
  });
});

describe('isLoopback', () => {
  it.each([
    'localhost',
    'proxy.localhost',
    '127.0.0.1',
    '127.255.0.9',
    '::1',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
  ])('%s is loopback', (name) => {
    expect(isLoopback(name)).toBe(true);
  });

  it.each([
    '',
    '0.0.0.0',
    '::',
    '[::]',
    '10.0.0.1',
    '128.0.0.1',
    '127.evil.example',
    '127.0.0.1.evil.example',
    'evillocalhost',
    'localhost.evil',
    'host.docker.internal',
  ])('%s is not loopback', (name) => {
    expect(isLoopback(name)).toBe(false);
  });
});
