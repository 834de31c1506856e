const ARN_PREFIX = 'arn:';
/** No part before the first slash holds one; a name may hold slashes and colons of its own. */
const ARN = /^(?<head>arn:[^:/]*:(?<service>[^:/]*):[^:/]*:[^:/]*:(?<type>[^:/]+))\/(?<name>.+)$/su;

/** What an ARN says of itself before its first slash. */
interface ArnHead {
  /** `arn:aws:bedrock:us-east-1:123456789012:inference-profile` */
  readonly head: string;
  /** `foundation-model`, `inference-profile`, `prompt-router` …; undefined where it is of another service. */
  readonly type?: string;
}

/**
 * The one reading of a model id: permission, route, control plane and log all take it, so that no two of them can
 * understand the same id differently.
 */
export class ModelId {
  private constructor(
    /** As the client wrote it. */
    readonly text: string,
    /** Of an ARN all that stands behind its first slash; of any other id the id itself. */
    readonly name: string,
    readonly arn?: ArnHead,
  ) {}

  /** Undefined for an ARN that names nothing. */
  static read(text: string): ModelId | undefined {
    if (!text.startsWith(ARN_PREFIX)) return new ModelId(text, text);
    const { head, service, type, name } = ARN.exec(text)?.groups ?? {};
    if (head === undefined || type === undefined || name === undefined) return undefined;
    return new ModelId(text, name, { head, ...(service === 'bedrock' && { type }) });
  }

  /** Type of the resource that an ARN of the service names. */
  get resourceType(): string | undefined {
    return this.arn?.type;
  }

  /**
   * Whether the name alone means the same model as the ARN. Other resources (application profiles, prompt routers …)
   * are called what their owner likes, also the id of a model.
   */
  get isNamedAfterModel(): boolean {
    const { arn } = this;
    return arn === undefined || arn.type === 'foundation-model' || arn.type === 'inference-profile';
  }
}
