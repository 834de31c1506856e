import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { GuardrailContentDto, GuardrailPiiDto, GuardrailRegexDto } from './guardrail-rules.dto.js';

const MAX_MESSAGE = 500;

/** A guardrail: what texts of clients and models are examined for. */
export class GuardrailDto {
  /** The identifier that requests use: lower-case letters and digits. */
  @Matches(/^[a-z0-9]{1,64}$/, { message: 'must be 1 to 64 lower-case letters and digits' })
  id!: string;

  /** The name that the control plane shows. Default: the id. */
  @IsOptional()
  @Matches(/^[\w-]{1,50}$/, { message: 'must be 1 to 50 letters, digits, _ and -' })
  name?: string;

  /** The description that the control plane shows. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  description?: string;

  /** The versions that exist beside `DRAFT`. Default: all. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @Matches(/^[1-9]\d{0,7}$/, { each: true, message: 'each value must be a number from "1" to "99999999"' })
  versions?: string[];

  /** The answer to a blocked text of the client. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_MESSAGE)
  blockedInputMessaging!: string;

  /** The answer in place of a blocked text of the model. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_MESSAGE)
  blockedOutputsMessaging!: string;

  /** Words and phrases that are blocked, without regard to case. */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @Matches(/\S/, { each: true, message: 'each value must not be empty' })
  words?: string[];

  /** File with further words, one a line. A relative path starts at the configuration file's directory. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  wordsFile?: string;

  /** File with profanities, one a line. There is no list by default. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  profanityFile?: string;

  /** What happens to text with a word of these lists: `BLOCK`, or `NONE` (only report it). Default: `BLOCK`. */
  @IsOptional()
  @IsIn(['BLOCK', 'NONE'])
  wordsAction?: 'BLOCK' | 'NONE';

  /** Regular expressions. */
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => GuardrailRegexDto)
  regexes?: GuardrailRegexDto[];

  /** Sensitive information. */
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => GuardrailPiiDto)
  pii?: GuardrailPiiDto[];

  /** Filters for harmful content. */
  @IsOptional()
  @ValidateNested()
  @Type(() => GuardrailContentDto)
  content?: GuardrailContentDto;

  /** Country of telephone numbers without a country code: two capital letters. Default: such numbers are not recognised. */
  @IsOptional()
  @Matches(/^[A-Z]{2}$/, { message: 'must be two capital letters' })
  phoneRegion?: string;

  /**
   * Longest match of a regular expression, in characters, that a stream waits for. Text that is examined for longer
   * matches is held back to its end. Default: 128.
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(4096)
  maxMatchCharacters?: number;
}
