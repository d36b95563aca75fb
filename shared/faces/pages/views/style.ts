import { textOn } from '#faces/pages/views/accent.ts';
import type { Template } from '#ledger/core/template.ts';

/** The style sheet of all pages. Lines for errors keep their place, so that nothing moves. */
const STYLE = `
:root{color-scheme:light dark;--text:#16191f;--soft:#4b5563;--page:#f3f4f6;--box:#fff;
--line:#6b7280;--error:#b91c1c;--field:#fff}
@media(prefers-color-scheme:dark){:root{--text:#f3f4f6;--soft:#c3c8d1;--page:#0e1116;
--box:#191d24;--line:#8b93a1;--error:#fca5a5;--field:#0e1116}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);
font:16px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}
main{max-width:27rem;margin:0 auto;padding:1rem}
.box{background:var(--box);border-radius:.75rem;padding:1.25rem}
header{display:flex;gap:.75rem;align-items:center;min-height:3rem}
header img{height:3rem;max-width:10rem;object-fit:contain}
header p{margin:0;color:var(--soft)}
h1{font-size:1.25rem;margin:.75rem 0 .25rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.amount{font-size:2rem;font-weight:650;margin:0}
.soft{color:var(--soft);margin:.25rem 0 1rem;overflow-wrap:anywhere}
label,legend{display:block;font-weight:600;margin-bottom:.25rem}
fieldset{border:0;padding:0;margin:0 0 1rem;min-width:0}
.row{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
.field{position:relative}
input:not([type=radio],[type=checkbox]){width:100%;font:inherit;padding:.65rem .75rem;color:inherit;
background:var(--field);border:1px solid var(--line);border-radius:.5rem}
input[aria-invalid=true]{border-color:var(--error);box-shadow:inset 0 0 0 1px var(--error)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.hint{font-weight:400;color:var(--soft)}
.error{color:var(--error);min-height:1.45em;margin:.15rem 0 .35rem;font-size:.9rem}
.row .error{min-height:2.9em}
.summary{color:var(--error);font-weight:600;margin:0 0 .5rem}
.brand{position:absolute;right:.75rem;top:2.45rem;font-size:.8rem;font-weight:700;
color:var(--soft);pointer-events:none}
.choice{display:flex;gap:.6rem;align-items:center;font-weight:400;padding:.5rem 0;margin:0}
.choice input{width:1.15rem;height:1.15rem;accent-color:var(--accent);flex:none}
button{width:100%;font:inherit;font-weight:650;padding:.8rem 1rem;border-radius:.5rem;
border:1px solid transparent;cursor:pointer;margin-top:.5rem;min-height:3rem}
.main{background:var(--accent);color:var(--on-accent);border-color:var(--line)}
.other{background:none;color:inherit;border-color:var(--line)}
.plain{background:none;color:inherit;text-decoration:underline;font-weight:400}
.note{color:var(--soft);font-size:.9rem;text-align:center;margin:1rem 0 0}
@media(max-width:22rem){.box{padding:1rem}.row{gap:.75rem}}
`;

/** The style sheet with a template's colours. */
export function styleOf(template: Template): string {
  const { accent } = template;
  return `${STYLE}:root{--accent:${accent};--on-accent:${textOn(accent)};--focus:#2563eb}
@media(prefers-color-scheme:dark){:root{--focus:#93c5fd}}`;
}
