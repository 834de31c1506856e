import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, Min, ValidateNested } from 'class-validator';

/** Texts by the purpose of an embedding. */
export class InputTypesDto {
  /** For documents that are stored to be found. */
  @IsOptional()
  @IsString()
  search_document?: string;

  /** For questions that documents are searched for. */
  @IsOptional()
  @IsString()
  search_query?: string;

  /** For inputs that are classified. */
  @IsOptional()
  @IsString()
  classification?: string;

  /** For inputs that are grouped. */
  @IsOptional()
  @IsString()
  clustering?: string;
}

/** How the upstream embeds with the models of a rule. */
export class EmbeddingsDto {
  /** Text that is put before each input, by the purpose that the client names. Default: none. */
  @IsOptional()
  @ValidateNested()
  @Type(() => InputTypesDto)
  inputTypes?: InputTypesDto;

  /** Value of `input_type` in the upstream request, by the purpose that the client names. Default: not sent. */
  @IsOptional()
  @ValidateNested()
  @Type(() => InputTypesDto)
  inputTypeValues?: InputTypesDto;

  /** Most inputs of one upstream request. Larger requests are split. Default: no limit. */
  @IsOptional()
  @IsInt()
  @Min(1)
  maxBatch?: number;

  /** What happens to a number of dimensions that the client asks for: `pass` sends it, `cut` cuts the vectors here, `refuse` refuses it. Default: `pass`. */
  @IsOptional()
  @IsIn(['pass', 'cut', 'refuse'])
  dimensions?: 'pass' | 'cut' | 'refuse';

  /** How images are sent: `none` refuses them, `messages` sends chat messages (vLLM), `input` sends inputs (Jina, Voyage). Default: `none`. */
  @IsOptional()
  @IsIn(['none', 'messages', 'input'])
  images?: 'none' | 'messages' | 'input';

  /** Types other than floats that the server gives when `output_dtype` asks for them. Default: none. */
  @IsOptional()
  @IsArray()
  @IsIn(['int8', 'uint8'], { each: true })
  outputTypes?: ('int8' | 'uint8')[];
}
