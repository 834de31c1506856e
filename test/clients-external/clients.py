"""Calls the proxy with Python's clients. Prints one line of JSON for each check: client, version, check, error."""

import json
import os
import sys
from importlib.metadata import version

import anthropic
import boto3
from langchain_aws import ChatBedrock
from langchain_core.tools import tool

URL = os.environ["PROXY_URL"]
MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
GREETING = os.environ["GREETING"]
CALLS = 'CALL get_weather {"city":"Paris"}\nCALL get_weather {"city":"Rome"}'
HELLO = [{"role": "user", "content": "Hello"}]
WEATHER = {
    "name": "get_weather",
    "description": "The weather in a city, now",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}},
}
CITIES = [{"city": "Paris"}, {"city": "Rome"}]
BODY = {"anthropic_version": "bedrock-2023-05-31", "max_tokens": 100, "messages": HELLO}


def check(client, package, name, run):
    """Runs a check and prints how it went."""
    error = None
    try:
        run()
    except Exception as failure:  # whatever it is, it is reported
        error = f"{type(failure).__name__}: {failure}"
    print(json.dumps({"client": client, "version": version(package), "check": name, "error": error}), flush=True)
    return error is None


def same(found, wanted):
    assert found == wanted, f"{found!r} instead of {wanted!r}"


def check_anthropic(name, client):
    def text():
        message = client.messages.create(model=MODEL, max_tokens=100, messages=HELLO)
        same(message.content[0].text, GREETING)
        same((message.usage.input_tokens, message.usage.output_tokens), (11, 7))

    def stream():
        with client.messages.stream(model=MODEL, max_tokens=100, messages=HELLO) as events:
            same("".join(events.text_stream), GREETING)
            same(events.get_final_message().usage.input_tokens, 11)

    def tools():
        asked = {"model": MODEL, "max_tokens": 100, "messages": [{"role": "user", "content": CALLS}], "tools": [WEATHER]}
        message = client.messages.create(**asked)
        same([block.input for block in message.content], CITIES)
        with client.messages.stream(**asked) as events:
            same([block.input for block in events.get_final_message().content], CITIES)

    def refusal():
        image = {"type": "image", "source": {"type": "url", "url": "https://a.example"}}
        try:
            client.messages.create(model=MODEL, max_tokens=1, messages=[{"role": "user", "content": [image]}])
        except anthropic.BadRequestError as error:
            assert "messages.0.content.0.source.url" in str(error), error
        else:
            raise AssertionError("not refused")

    return [
        check(name, "anthropic", title, run)
        for title, run in [("text", text), ("stream", stream), ("tools", tools), ("refusal", refusal)]
    ]


def check_count(client):
    def count():
        counted = client.messages.count_tokens(model=MODEL, messages=HELLO)
        assert counted.input_tokens > 0, counted

    return [check("anthropic (Messages)", "anthropic", "count", count)]


def check_langchain(credentials):
    model = ChatBedrock(
        model=MODEL, provider="anthropic", endpoint_url=URL, model_kwargs={"max_tokens": 100}, **credentials
    )

    @tool
    def get_weather(city: str) -> str:
        """The weather in a city, now"""
        return city

    def text():
        message = model.invoke("Hello")
        same(message.content, GREETING)
        same(message.usage_metadata["input_tokens"], 11)

    def stream():
        whole = None
        for chunk in model.stream("Hello"):
            whole = chunk if whole is None else whole + chunk
        same(whole.text if isinstance(whole.text, str) else whole.text(), GREETING)
        same(whole.usage_metadata["input_tokens"], 11)

    def tools():
        message = model.bind_tools([get_weather]).invoke(CALLS)
        same([call["args"] for call in message.tool_calls], CITIES)

    return [
        check("langchain-aws ChatBedrock", "langchain-aws", title, run)
        for title, run in [("text", text), ("stream", stream), ("tools", tools)]
    ]


def check_boto3(runtime):
    def text():
        answer = runtime.invoke_model(modelId=MODEL, body=json.dumps(BODY))
        same(json.load(answer["body"])["content"][0]["text"], GREETING)
        same(answer["ResponseMetadata"]["HTTPHeaders"]["x-amzn-bedrock-input-token-count"], "11")

    def stream():
        answer = runtime.invoke_model_with_response_stream(modelId=MODEL, body=json.dumps(BODY))
        chunks = [json.loads(event["chunk"]["bytes"]) for event in answer["body"]]
        deltas = [chunk["delta"]["text"] for chunk in chunks if chunk["type"] == "content_block_delta"]
        same("".join(deltas), GREETING)
        same(chunks[-1]["amazon-bedrock-invocationMetrics"]["inputTokenCount"], 11)

    def count():
        body = json.dumps(BODY).encode()
        counted = runtime.count_tokens(modelId=MODEL, input={"invokeModel": {"body": body}})
        assert counted["inputTokens"] > 0, counted

    return [
        check("boto3", "boto3", title, run) for title, run in [("text", text), ("stream", stream), ("count", count)]
    ]


def main():
    keys = {"aws_region": "us-east-1", "aws_access_key": "any", "aws_secret_key": "any"}
    credentials = {"region_name": "us-east-1", "aws_access_key_id": "any", "aws_secret_access_key": "any"}
    runtime = boto3.client("bedrock-runtime", endpoint_url=URL, **credentials)
    own = anthropic.Anthropic(base_url=URL, api_key="any")
    results = [
        *check_anthropic("anthropic (Bedrock)", anthropic.AnthropicBedrock(base_url=URL, **keys)),
        *check_anthropic("anthropic (Messages)", own),
        *check_count(own),
        *check_langchain(credentials),
        *check_boto3(runtime),
    ]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
