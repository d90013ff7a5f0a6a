/** Interface of a sentence encoder. */

/** A loaded sentence encoder. It encodes one text at a time. */
export type Encoder = {
  /** Identity of the model: encoders of one identity give the same vectors. */
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
