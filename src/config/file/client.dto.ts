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

/** Somebody who may call, by an access key (SigV4), a bearer key, or both. */
export class ClientDto {
  /** In logs, metrics and limits. */
  @IsString()
  @IsNotEmpty()
  name!: string;

  /** For SigV4: what the caller's AWS SDK has as its access key id. */
  @IsOptional()
  @Matches(/^\w{1,128}$/, { message: 'must be 1 to 128 letters, digits and _' })
  accessKeyId?: string;

  /** File that holds the secret of `accessKeyId`; a relative path starts at the configuration file's directory. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  secretFile?: string;

  /** Hexadecimal SHA-256 of a bearer key. */
  @IsOptional()
  @Matches(/^[0-9a-fA-F]{64}$/, { message: 'must be 64 hexadecimal digits' })
  bearerSha256?: string;

  /** Globs on the model ids that it may call; left out: all. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  models?: string[];

  /** What is left out has no limit. */
  @IsOptional()
  @ValidateNested()
  @Type(() => LimitsDto)
  limits?: LimitsDto;
}
