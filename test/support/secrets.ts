import { TEAM_A, TEAM_A_BEARER, TEAM_B_BEARER } from './guarded-service.js';

/** What no log may say. */
export const PROMPT = 'zebra-of-the-prompt';
export const ANSWER = 'walrus-of-the-answer';

export const UPSTREAM_KEY = 'sk-upstream0123456789abcdef';
export const SESSION_TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLESESSION';
export const COOKIE = 'cookie-of-somebody';
export const SIGNATURE = 'f'.repeat(64);

/** What neither a log nor the inspector may say. */
export const CREDENTIALS = [
  UPSTREAM_KEY,
  SESSION_TOKEN,
  COOKIE,
  SIGNATURE,
  TEAM_A.secretAccessKey,
  TEAM_A_BEARER,
  TEAM_B_BEARER,
  'Bearer ',
  'AWS4-HMAC',
];
