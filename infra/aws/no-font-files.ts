/**
 * Stands for fontkit in bundles, which has 740 KB: documents use fonts that every reader has, so no
 * file of a font is ever read.
 */
export function create(): never {
  throw new Error('Documents have no fonts of their own');
}
