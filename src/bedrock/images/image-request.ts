/** A request for images by a text, whatever the native format. */
export interface ImageRequest {
  readonly prompt: string;
  readonly count?: number;
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Absent: what the server does unasked. */
  readonly isPremium?: boolean;
  /** `png`, `jpeg` or `webp`. */
  readonly outputFormat?: string;
  /** Where the parameters are in the native body. */
  readonly paths: { readonly outputFormat?: string };
}
