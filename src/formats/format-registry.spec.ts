import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { INVOKE_FORMAT_NAMES } from '../config/invoke-format-names.js';
import { FORMATS } from './format-registry.js';

/** Folders whose formats share their bodies' meaning, and stand in the list one by one. */
const SHARED_FOLDERS = ['embeddings', 'images', 'rerank'];

describe('the registry of formats', () => {
  const names = FORMATS.map(({ name }) => name);

  it('has one format for every name that the configuration takes', () => {
    expect(names.toSorted()).toEqual([...INVOKE_FORMAT_NAMES].toSorted());
  });

  it('has a folder for every format, and no folder without one', () => {
    const folders = readdirSync(join(import.meta.dirname), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const known = new Set<string>([...names, ...SHARED_FOLDERS]);
    expect(folders.filter((folder) => !known.has(folder))).toEqual([]);
    const translated = FORMATS.filter(({ kind }) => kind === 'hub').map(({ name }) => name);
    expect(translated.filter((name) => !folders.includes(name))).toEqual([]);
  });
});
