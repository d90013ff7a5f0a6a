/** What an encoder is to those who use one. */

/** One sentence encoder, ready to work. Ask for one text at a time. */
export type Encoder = {
  /** What its vectors are kept under; two encoders with the same one give the same vectors. */
  readonly model: string;
  readonly dimension: number;
  /**
   * A text's unit vector, `[dimension]`: always the same bits for the same text.
   * Fields stand on lines of their own: what is too long is cut line by line.
   */
  readonly encode: (text: string) => Promise<Float32Array>;
};

/** The encoder cannot be used; `message` says why and what to do. */
export class EncoderError extends Error {
  override readonly name = "EncoderError";
}
