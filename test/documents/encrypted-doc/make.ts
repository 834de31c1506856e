import { word97 } from '../../support/word-97.js';

export const format = 'doc';
export const make = (): Buffer => word97({ parts: [[{ text: 'Secret' }]], isEncrypted: true });
