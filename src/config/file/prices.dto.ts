import { IsNotEmpty, IsNumber, IsOptional, IsString, Matches, Min } from 'class-validator';

/** What a model costs at its server. */
export class PricesDto {
  /** Price of a million input tokens. */
  @IsNumber({}, { message: 'must be a number' })
  @Min(0)
  input!: number;

  /** Price of a million input tokens that the server read from its cache. Default: as `input`. */
  @IsOptional()
  @IsNumber({}, { message: 'must be a number' })
  @Min(0)
  cachedInput?: number;

  /** Price of a million output tokens. */
  @IsNumber({}, { message: 'must be a number' })
  @Min(0)
  output!: number;

  /** Code of the currency. */
  @IsString()
  @IsNotEmpty()
  @Matches(/^[A-Z]{3}$/, { message: 'must be three capital letters, such as USD' })
  currency!: string;
}
