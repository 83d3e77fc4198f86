/** The size of a decoded picture. Not enumerable. */
export interface PictureSize {
  /** Its width in pixels. */
  readonly width: number;
  /** Its height in pixels. */
  readonly height: number;
}

export interface Mastodon {
  /**
   * Draws a blurhash: the blurred picture to show while a medium is loading. Red, green, blue and
   * alpha of each pixel, row by row, ready for `ImageData`.
   *
   * Takes a medium, anything else with a `blurhash`, or the hash itself. Nothing is sent.
   * `MastodonIllegalArgumentError` where there is no hash or it is broken.
   *
   * @example
   * const pixels = await m.decodeBlurhash(status.media_attachments[0]);
   * context.putImageData(new ImageData(pixels, pixels.width), 0, 0);
   */
  decodeBlurhash(
    media_dict: string | { readonly blurhash?: string | null },
    options?:
      | (Omit<DecodeBlurhashOptions, "return_linear"> & {
          /** Give linear light instead of bytes of sRGB. */
          return_linear?: false | null;
        })
      | null,
  ): Promise<ReturnType<typeof Uint8ClampedArray.of> & PictureSize>;
  decodeBlurhash(
    media_dict: string | { readonly blurhash?: string | null },
    options: DecodeBlurhashOptions & { return_linear: true },
  ): Promise<ReturnType<typeof Float32Array.of> & PictureSize>;
}

export interface Mastodon {
  /**
   * The language to ask answers in from now on: a code of ISO 639-1. An empty string is for the
   * server's own choice.
   */
  setLanguage(lang: string): void;
  /**
   * Forgets what was learnt about the server, such as its version. A version that was given to the
   * constructor stays.
   */
  clearCaches(): void;
}

export declare namespace Mastodon {
  /**
   * The newest version of Mastodon whose API this package covers.
   */
  function getSupportedVersion(): string;
  /**
   * How long a status is, as the server counts it against its limit: a link counts 23, a mention
   * without its server, a character that is drawn as one (such as a flag) as one.
   *
   * The limit is in `configuration.statuses` of `instance`. Throws `MastodonIllegalArgumentError`
   * for what is no text.
   */
  function getStatusLength(text: string, options?: GetStatusLengthOptions | null): number;
}
