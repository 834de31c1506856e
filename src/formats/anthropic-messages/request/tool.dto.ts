import { IsOptional } from 'class-validator';
import { Flag } from '../../../bedrock/validation/flag.decorator.js';
import { FreeForm } from '../../../bedrock/validation/free-form.decorator.js';
import { Nested } from '../../../bedrock/validation/nested.decorator.js';
import { Integer } from '../../../bedrock/validation/number.decorator.js';
import { Required } from '../../../bedrock/validation/required.decorator.js';
import { Text } from '../../../bedrock/validation/text.decorator.js';
import type { DtoClass, Variants } from '../../../bedrock/validation/dto-members.js';
import { CLIENT_TOOLS } from '../client-tools/client-tools.js';
import { CacheControlDto } from './cache-control.dto.js';
import { TOOL_NAME } from './tool-blocks.dto.js';

/** A tool of the client, with its own schema. */
export class CustomToolDto {
  readonly type?: 'custom' | null;

  @Required() @Text(TOOL_NAME) name!: string;

  @IsOptional() @Text() description?: string;

  @Required() @FreeForm() input_schema!: unknown;

  @IsOptional() @Flag() strict?: boolean;

  @IsOptional() @Nested(() => CacheControlDto) cache_control?: CacheControlDto;
}

/** A tool whose schema the model knows, and that runs at the client: `client-tools/`. */
export class ClientToolDto {
  readonly type!: string;

  @Required() @Text(TOOL_NAME) name!: string;

  @IsOptional() @Integer({ min: 1 }) display_width_px?: number;

  @IsOptional() @Integer({ min: 1 }) display_height_px?: number;

  @IsOptional() @Flag() enable_zoom?: boolean;

  @IsOptional() @Flag() strict?: boolean;

  @IsOptional() @Nested(() => CacheControlDto) cache_control?: CacheControlDto;
}

/** A tool that the model's provider would run. */
export class ServerToolDto {
  readonly type!: string;

  @IsOptional() @FreeForm() name?: unknown;
}

export type MessagesTool = CustomToolDto | ClientToolDto | ServerToolDto;

/** Every type is accepted here: the reduction refuses those of the provider, and says why. */
export const TOOLS: Variants = {
  tag: 'type',
  classOf: toolClass,
  constraint: 'Member must be a string',
};

function toolClass(type: unknown): DtoClass | undefined {
  if (type == null || type === 'custom') return CustomToolDto;
  if (typeof type !== 'string') return undefined;
  return CLIENT_TOOLS.has(type) ? ClientToolDto : ServerToolDto;
}
