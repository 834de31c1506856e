/** Lines to copy and paste: the same question from the user's own client. */
export function yourClient(url: string, model: string): string {
  return `
curl
  curl ${url}/model/${model}/converse -d '{
    "messages": [{"role": "user",
      "content": [{"text": "What is the capital of France?"}]}]}'

AWS CLI (it needs some region and credentials; the proxy does not look at them)
  AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any \\
  aws bedrock-runtime converse --region us-east-1 \\
    --endpoint-url ${url} --model-id ${model} \\
    --messages '[{"role": "user",
      "content": [{"text": "What is the capital of France?"}]}]'

JavaScript (npm install @aws-sdk/client-bedrock-runtime)
  import { BedrockRuntimeClient, ConverseCommand }
    from '@aws-sdk/client-bedrock-runtime';
  const client = new BedrockRuntimeClient({
    endpoint: '${url}',
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const content = [{ text: 'What is the capital of France?' }];
  const { output } = await client.send(new ConverseCommand({
    modelId: '${model}',
    messages: [{ role: 'user', content }],
  }));
  console.log(output.message.content[0].text);

Python (pip install boto3)
  import boto3
  client = boto3.client(
      "bedrock-runtime", endpoint_url="${url}",
      region_name="us-east-1",
      aws_access_key_id="any", aws_secret_access_key="any")
  content = [{"text": "What is the capital of France?"}]
  answer = client.converse(
      modelId="${model}",
      messages=[{"role": "user", "content": content}])
  print(answer["output"]["message"]["content"][0]["text"])

An application that is not yours to change
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME=${url}`;
}
