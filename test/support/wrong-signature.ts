/** Headers of a client that knows an access key id but not its secret, without the hash of the body. */
export function wrongSignature(accessKeyId: string): Record<string, string> {
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const credential = `${accessKeyId}/${date.slice(0, 8)}/us-east-1/bedrock/aws4_request`;
  const signature = '0'.repeat(64);
  return {
    'x-amz-date': date,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
  };
}
