import { ArrayMaxSize, IsArray, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';

/** Bedrock takes no more entries in a request. */
const MAX_KEYS = 16;
/** Bedrock's limit of a key, and the one of OpenAI's `metadata`. */
const MAX_KEY_CHARACTERS = 256;
const MAX_FORWARDED_KEY_CHARACTERS = 64;

/** What becomes of the `requestMetadata` of requests. Each list names keys; other keys have no effect. */
export class RequestMetadataDto {
  /** Keys whose values are written to the access log and to spans. Default: none. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_KEYS)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(MAX_KEY_CHARACTERS, { each: true })
  log?: string[];

  /** Keys whose values are sent as `metadata` to servers that take it. Default: none. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_KEYS)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(MAX_FORWARDED_KEY_CHARACTERS, { each: true })
  forward?: string[];

  /** Keys whose values are labels of metrics. Default: none. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_KEYS)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(MAX_KEY_CHARACTERS, { each: true })
  label?: string[];
}
