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
