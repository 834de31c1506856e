/** A tool whose schema the model's maker has trained into the model, as a function that any model can call. */
export interface ClientToolFunction {
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** The members of such a tool that change its function. Sizes are in pixels. */
export interface ClientToolOptions {
  readonly display_width_px?: number | null;
  readonly display_height_px?: number | null;
  readonly enable_zoom?: boolean | null;
}

/** A schema of an object. */
export function objectSchema(
  properties: Readonly<Record<string, unknown>>,
  required: readonly string[],
): Readonly<Record<string, unknown>> {
  return { type: 'object', properties, required };
}

export function text(description: string): object {
  return { type: 'string', description };
}

export function choice(values: readonly string[], description: string): object {
  return { type: 'string', enum: values, description };
}

export function integer(description: string): object {
  return { type: 'integer', description };
}

/** Two whole numbers. */
export function pair(description: string): object {
  return { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2, description };
}
