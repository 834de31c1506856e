import { ImageSourceDto } from './image-block.dto.js';

/**
 * The source of an image at an address, in a Converse request that another API's body was reduced to. Converse itself has
 * no such source: JSON never becomes an instance of this class.
 */
export class ImageAddress extends ImageSourceDto {
  readonly #url: string;

  constructor(url: string) {
    super();
    this.#url = url;
  }

  get url(): string {
    return this.#url;
  }
}
