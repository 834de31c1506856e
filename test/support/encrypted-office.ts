import { createCipheriv, createHash } from 'node:crypto';
import { oleOf, withStream } from './ole-file.js';

/** The standard encryption of docx, xlsx and pptx ([MS-OFFCRYPTO] 2.3.4): AES with 128 bits, and a key of the password by SHA-1. */
const SALT = Buffer.from('0123456789abcdef');
const ROUNDS = 50_000;
const KEY_BYTES = 16;
const SHA1_BLOCK = 64;
/** Whether it is AES, and through the operating system. */
const FLAGS = 0x24;
const AES_128 = 0x660e;
const SHA1 = 0x8004;
const AES_PROVIDER = 0x18;

/** A docx or xlsx → the file into which Office encrypts it. */
export function encryptedOffice(bytes: Buffer, password: string): Buffer {
  const key = keyOf(password);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(bytes.length));
  return oleOf({
    '/EncryptionInfo': Buffer.concat([integers(0x0002_0003, FLAGS), header(), verifier(key)]),
    '/EncryptedPackage': Buffer.concat([size, encrypted(key, bytes)]),
  });
}

/** An xls that says that it is encrypted, behind the first record of its stream ([MS-XLS] 2.4.117). */
export function encryptedXls(bytes: Buffer): Buffer {
  const FILE_PASS = 0x2f;
  const content = Buffer.concat([Buffer.from([1, 0, 1, 0, 1, 0]), Buffer.alloc(48, 7)]);
  const record = Buffer.concat([Buffer.from([FILE_PASS, 0, content.length, 0]), content]);
  return withStream(bytes, '/Workbook', (stream) => {
    const end = 4 + stream.readUInt16LE(2);
    return Buffer.concat([stream.subarray(0, end), record, stream.subarray(end)]);
  });
}

const sha1 = (...parts: readonly Buffer[]): Buffer =>
  createHash('sha1').update(Buffer.concat(parts)).digest();

function keyOf(password: string): Buffer {
  let hash = sha1(SALT, Buffer.from(password, 'utf16le'));
  for (let round = 0; round < ROUNDS; round += 1) hash = sha1(integers(round), hash);
  hash = sha1(hash, integers(0));
  const block = Buffer.alloc(SHA1_BLOCK, 0x36);
  for (const [index, byte] of hash.entries()) block.writeUInt8(byte ^ 0x36, index);
  return sha1(block).subarray(0, KEY_BYTES);
}

function header(): Buffer {
  const provider = Buffer.from('Microsoft Enhanced RSA and AES Cryptographic Provider\0', 'utf16le');
  const content = Buffer.concat([
    integers(FLAGS, 0, AES_128, SHA1, KEY_BYTES * 8, AES_PROVIDER, 0, 0),
    provider,
  ]);
  return Buffer.concat([integers(content.length), content]);
}

function verifier(key: Buffer): Buffer {
  const secret = Buffer.from('fedcba9876543210');
  const hash = sha1(secret);
  return Buffer.concat([
    integers(SALT.length),
    SALT,
    encrypted(key, secret),
    integers(hash.length),
    encrypted(key, hash),
  ]);
}

/** Filled with zeros to whole blocks. */
function encrypted(key: Buffer, bytes: Buffer): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  const blocks = Buffer.alloc(Math.ceil(bytes.length / KEY_BYTES) * KEY_BYTES);
  bytes.copy(blocks);
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

function integers(...values: readonly number[]): Buffer {
  return Buffer.from(Uint32Array.from(values).buffer);
}
