import { IsIn, IsOptional, Matches } from 'class-validator';

/** How the upstream ranks documents with the models of a rule. */
export class RerankDto {
  /** Path of the endpoint below the base URL. Default: `/rerank`. */
  @IsOptional()
  @Matches(/^\/[\w./-]{1,200}$/, { message: 'must be a path that begins with "/"' })
  path?: `/${string}`;

  /** Which scores go through the sigmoid: `auto` those of an answer that leaves 0 to 1, `sigmoid` all, `asIs` none. Default: `auto`. */
  @IsOptional()
  @IsIn(['auto', 'sigmoid', 'asIs'])
  scores?: 'auto' | 'sigmoid' | 'asIs';
}
