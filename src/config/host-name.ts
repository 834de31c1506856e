import { BlockList } from 'node:net';

/** A name, an IPv4 address or an IPv6 address in brackets, with a port or without. */
const HOST = /^(?<name>\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i;

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** `Proxy.Example.:8000` → `proxy.example`; an IPv6 address keeps its brackets. Undefined for an invalid host. */
export function hostToName(host: string): string | undefined {
  return HOST.exec(host)
    ?.groups?.name?.toLowerCase()
    .replace(/(?<=.)\.$/, '');
}

/** Whether a name or address is loopback. `localhost` and names below it are never resolved by DNS. */
export function isLoopback(name: string): boolean {
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  const address = name.replace(/^\[|\]$/g, '');
  return LOOPBACK.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}
