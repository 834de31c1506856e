import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  ValidateNested,
} from 'class-validator';
import { LimitsDto } from './limits.dto.js';
import { NO_READABLE, READABLE } from './s3.dto.js';

/** A client that may call the proxy. It has an access key (SigV4), a bearer key, or both. */
export class ClientDto {
  /** The client's name in logs, metrics and limits. */
  @IsString()
  @IsNotEmpty()
  name!: string;

  /** The access key id in the client's AWS SDK, for SigV4. */
  @IsOptional()
  @Matches(/^\w{1,128}$/, { message: 'must be 1 to 128 letters, digits and _' })
  accessKeyId?: string;

  /** File with the secret access key of `accessKeyId`. A relative path starts at the configuration file's directory. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  secretFile?: string;

  /** SHA-256 of the client's bearer key, in hexadecimal digits. */
  @IsOptional()
  @Matches(/^[0-9a-fA-F]{64}$/, { message: 'must be 64 hexadecimal digits' })
  bearerSha256?: string;

  /** Patterns of the model ids that the client may call. Default: all. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  models?: string[];

  /** What the client may read from S3: buckets (`media`), or their keys below a prefix (`media/uploads/`). Default: nothing. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @Matches(READABLE, { each: true, message: NO_READABLE })
  s3?: string[];

  /** Patterns of the prompts that the client may use: ids, or ids with a version (`PROMPT1234:2`). It must also be allowed to call the prompt's model. Default: all. */
  @IsOptional()
  @IsArray()
  @Matches(/^[0-9a-zA-Z*]+(:(DRAFT|[\d*]+))?$/, {
    each: true,
    message: 'each value must be the pattern of an id, or of an id and a version',
  })
  prompts?: string[];

  /** Limits of the client. A limit that is not set does not apply. */
  @IsOptional()
  @ValidateNested()
  @Type(() => LimitsDto)
  limits?: LimitsDto;
}
