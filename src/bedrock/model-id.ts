const ARN_PREFIX = 'arn:';
/** The parts before the first slash contain no slash or colon, while the name may contain both. */
const ARN = /^(?<head>arn:[^:/]*:(?<service>[^:/]*):[^:/]*:[^:/]*:(?<type>[^:/]+))\/(?<name>.+)$/su;

/** The part of an ARN before its first slash. */
interface ArnHead {
  /** `arn:aws:bedrock:us-east-1:123456789012:inference-profile` */
  readonly head: string;
  /** `foundation-model`, `inference-profile`, `prompt-router` …; undefined for other services. */
  readonly type?: string;
}

/**
 * A parsed model id. Permissions, routes, the control plane and logs all use this class, so that they agree on what an id
 * means.
 */
export class ModelId {
  private constructor(
    /** The id as the client sent it. */
    readonly text: string,
    /** For an ARN the part after its first slash, otherwise the whole id. */
    readonly name: string,
    readonly arn?: ArnHead,
  ) {}

  /** Parses an id. Undefined for a malformed ARN. */
  static read(text: string): ModelId | undefined {
    if (!text.startsWith(ARN_PREFIX)) return new ModelId(text, text);
    const { head, service, type, name } = ARN.exec(text)?.groups ?? {};
    if (head === undefined || type === undefined || name === undefined) return undefined;
    return new ModelId(text, name, { head, ...(service === 'bedrock' && { type }) });
  }

  /** The resource type of a Bedrock ARN. */
  get resourceType(): string | undefined {
    return this.arn?.type;
  }

  /**
   * Whether the name alone denotes the same model as the ARN. Owners may give other resources (application profiles,
   * prompt routers …) any name, including the id of a model.
   */
  get isNamedAfterModel(): boolean {
    const { arn } = this;
    return arn === undefined || arn.type === 'foundation-model' || arn.type === 'inference-profile';
  }
}
