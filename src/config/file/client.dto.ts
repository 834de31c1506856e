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
  @IsString()
  @IsNotEmpty()
  name!: string;

  @IsOptional()
  @Matches(/^\w{1,128}$/)
  accessKeyId?: string;

  /** File that holds the secret of `accessKeyId`. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  secretFile?: string;

  /** Hexadecimal SHA-256 of a bearer key. */
  @IsOptional()
  @Matches(/^[0-9a-fA-F]{64}$/)
  bearerSha256?: string;

  /** Globs on the model ids that it may call; left out: all. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsString({ each: true })
  models?: string[];

  @IsOptional()
  @ValidateNested()
  @Type(() => LimitsDto)
  limits?: LimitsDto;
}
