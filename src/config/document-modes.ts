/**
 * How PDF documents are sent: as their text, as images of their pages, or as text if they have any, and otherwise as images.
 */
export const DOCUMENT_MODES = ['text', 'images', 'auto'] as const;

export type DocumentMode = (typeof DOCUMENT_MODES)[number];
