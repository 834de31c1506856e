/** Anthropic's own, and the one of Bedrock's second endpoint (`bedrock-mantle`), below which its SDKs put their own. */
export const MESSAGES_PATHS = ['v1/messages', 'anthropic/v1/messages'];
