/** The body of `POST {base}/images/generations`. */
export interface ImageParams {
  model: string;
  prompt: string;
  n?: number;
  size?: string;
  quality?: string;
  response_format?: 'b64_json';
  [field: string]: unknown;
}
