/** The request metadata that the configuration names: values by their keys. */
export interface RequestMetadataRecord {
  /** For the access log and the spans. */
  readonly logged?: Readonly<Record<string, string>> | undefined;
  /** For metrics. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}
