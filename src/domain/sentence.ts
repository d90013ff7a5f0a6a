/** A clause as a sentence: with a capital letter and a full stop. */
export const sentenceOf = (clause: string): string =>
  `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
