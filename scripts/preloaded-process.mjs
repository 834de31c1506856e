// Loads the packages of the service and its own modules, waits for a message, and becomes the service. The argument is
// its main module. The message lists the modules (paths) that were written since this process began to load.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { EditedModules } from './edited-modules.mjs';

const main = pathToFileURL(resolve(process.argv[2]));
const ended = () => process.exit();
process.once('disconnect', ended);
const told = once(process, 'message');
const { dependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
// reflect-metadata must come before those that use it
await import('reflect-metadata');
// a package without a module of its own name is loaded when it is needed
await Promise.allSettled(Object.keys(dependencies).map((name) => import(name)));
const modules = new EditedModules(new URL('.', main));
// what is not there, or cannot be loaded, will be reported by the main module
await import(new URL('start.js', main)).catch(() => undefined);
const [paths] = await told;
process.off('disconnect', ended);
process.disconnect();
modules.wereEdited(paths.map((path) => pathToFileURL(resolve(path)).href));
await import(main);
