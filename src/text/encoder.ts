/** Interface of a sentence encoder. */

/** A loaded sentence encoder. It encodes one text at a time. */
export type Encoder = {
  /** Identity of the model: encoders of one identity give the same vectors. */
  readonly model: string;
  readonly dimension: number;
  /**
   * Unit vector of a text, `[dimension]`; equal texts give equal bits. The text has one field a line;
   * a text that is too long is cut line by line.
   */
  readonly encode: (text: string) => Promise<Float32Array>;
};

/** The encoder cannot be used; `message` says why and what to do. */
export class EncoderError extends Error {
  override readonly name = "EncoderError";
}
