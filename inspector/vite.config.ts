import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The page is a part of the service's build: `dist/inspector/page`. Its files are named by their content. */
// Vite reads the default export
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/inspector/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: process.env['INSPECTOR_OUT_DIR'] ?? '../dist/inspector/page',
    emptyOutDir: true,
    // the Content-Security-Policy allows no inline script and no data URI for code
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
});
