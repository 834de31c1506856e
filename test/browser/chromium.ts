import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where distributions put it; `CHROMIUM` names another one. */
const PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @throws Error when there is none. It says how to get one. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = [process.env['CHROMIUM'] ?? '', ...PATHS].find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(
      'There is no Chromium. Install one (Debian: apt-get install chromium), or name it: CHROMIUM=/path npm run test:browser',
    );
  }
  // a container's root may not use the sandbox, and every page here is our own
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
