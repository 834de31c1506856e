// Loads the packages of the service, waits for a message, and becomes the service. The argument is its main module.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const ended = () => process.exit();
process.once('disconnect', ended);
const told = once(process, 'message');
const { dependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
// reflect-metadata must come before those that use it
await import('reflect-metadata');
// a package without a module of its own name is loaded when it is needed
await Promise.allSettled(Object.keys(dependencies).map((name) => import(name)));
await told;
process.off('disconnect', ended);
process.disconnect();
await import(pathToFileURL(resolve(process.argv[2])).href);
