/**
 * pdfkit for bundles: on Node it reads its fonts from files beside it, which a bundle does not have.
 * Its other build takes the fonts of documents from modules, and is the same otherwise.
 */
// @ts-expect-error The build has no types of its own; those of `pdfkit` hold.
import PDFDocument, { registerStdFonts } from '../../node_modules/pdfkit/js/pdfkit.browser.mjs';
// @ts-expect-error
import Courier from '../../node_modules/pdfkit/js/standard-fonts/Courier.mjs';
// @ts-expect-error
import Helvetica from '../../node_modules/pdfkit/js/standard-fonts/Helvetica.mjs';
// @ts-expect-error
import HelveticaBold from '../../node_modules/pdfkit/js/standard-fonts/HelveticaBold.mjs';

registerStdFonts(Courier, Helvetica, HelveticaBold);

export default PDFDocument;
