import { textOn } from '#faces/pages/views/accent.ts';
import type { Template } from '#ledger/core/template.ts';
import type { Theme } from './look.ts';

const LIGHT =
  '--text:#16191f;--soft:#4b5563;--page:#f3f4f6;--box:#fff;--line:#8b93a1;--hair:#e1e4e9;--error:#b91c1c;--field:#fff;--good:#15803d;--badge:#fef3c7;--on-badge:#713f12;--focus:#2563eb';
const DARK =
  '--text:#f3f4f6;--soft:#c3c8d1;--page:#0e1116;--box:#191d24;--line:#747d8c;--hair:#323844;--error:#fca5a5;--field:#0e1116;--good:#86efac;--badge:#3b2f0b;--on-badge:#fde68a;--focus:#93c5fd';

/** The style sheet of all pages. Lines for errors keep their place, so that nothing moves. */
const STYLE = `
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);
font:16px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}
main{max-width:27rem;margin:0 auto;padding:1rem}
.box{background:var(--box);border-radius:.75rem;padding:1.25rem;border:1px solid var(--hair)}
.head{display:flex;gap:.6rem;align-items:center;margin-bottom:.75rem}
.head .icon{margin-left:auto;color:var(--good)}
.head img{height:2.5rem;max-width:9rem;object-fit:contain}
h2{font-size:1.1rem;margin:0}
h1{font-size:1.05rem;font-weight:600;margin:0;overflow-wrap:anywhere}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.amount{font-size:2.1rem;line-height:1.2;font-weight:700;margin:0;letter-spacing:-.01em}
.soft{color:var(--soft);margin:.25rem 0 1rem;overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:.75rem 0 1rem;
font-size:.9rem}
.facts dt{color:var(--soft)}
.facts dd{margin:0;text-align:right;overflow-wrap:anywhere}
.icon{width:1.15rem;height:1.15rem;flex:none;fill:none;stroke:currentColor;stroke-width:2;
stroke-linecap:round;stroke-linejoin:round}
label,legend{display:block;font-weight:600;font-size:.925rem;margin-bottom:.25rem}
fieldset{border:0;padding:0;margin:0 0 1rem;min-width:0}
.row{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
.row .field{display:flex;flex-direction:column}
.row input{margin-top:auto}
input:not([type=radio],[type=checkbox]){width:100%;height:3rem;font:inherit;padding:0 .75rem;
color:inherit;background:var(--field);border:1px solid var(--line);border-radius:.5rem}
#number,#cardPan,#expiry,#cardExpiryDate,#cvv,#cardCode{font-variant-numeric:tabular-nums}
input[aria-invalid=true]{border-color:var(--error);box-shadow:inset 0 0 0 1px var(--error)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.hint{font-weight:400;color:var(--soft)}
.error{color:var(--error);min-height:1.45em;margin:.15rem 0 .3rem;font-size:.875rem}
.row .error{min-height:2.9em}
.summary{color:var(--error);font-weight:600;margin:0 0 .5rem}
.brands{display:flex;gap:.3rem;list-style:none;padding:0;margin:0 0 .75rem}
.mark{display:block;flex:none;width:1.95rem;height:1.3rem}
.plate{fill:#fff;stroke:#c9ced6}
.dim{opacity:.25}
.choice{display:flex;gap:.6rem;align-items:center;font-weight:400;font-size:1rem;padding:.5rem 0;margin:0}
.choice input{width:1.15rem;height:1.15rem;accent-color:var(--accent);flex:none}
fieldset .choice{border:1px solid var(--hair);border-radius:.5rem;padding:.75rem;margin-top:.4rem}
fieldset .choice:has(:checked){border-color:var(--line)}
button,.button{display:flex;align-items:center;justify-content:center;gap:.5rem;width:100%;
font:inherit;font-weight:650;padding:.75rem 1rem;border-radius:.5rem;text-decoration:none;
border:1px solid transparent;cursor:pointer;margin-top:.5rem;min-height:3rem}
.main{background:var(--accent);color:var(--on-accent);border-color:var(--line)}
.other{background:none;color:inherit;border-color:var(--line)}
.plain{background:none;color:inherit;text-decoration:underline;font-weight:400}
.wallet{background:#000;color:#fff;border-color:#8b93a1;font-size:1.1rem;gap:.3rem}
.wallet-mark{width:1.4rem;height:1.4rem}
button:disabled{cursor:default}
[aria-busy] button:not(.busy){opacity:.55}
.busy::before{content:'';width:1.1em;height:1.1em;border:2px solid;border-right-color:transparent;
border-radius:50%;animation:turn .8s linear infinite}
@keyframes turn{to{transform:rotate(1turn)}}
@media(prefers-reduced-motion:reduce){.busy::before{animation-duration:4s}}
.or{display:flex;align-items:center;gap:.75rem;color:var(--soft);font-size:.9rem;margin:1.1rem 0 .9rem}
.or::before,.or::after{content:'';flex:1;border-top:1px solid var(--hair)}
.sandbox{background:var(--badge);color:var(--on-badge);border-radius:.6rem;
padding:.55rem .8rem;margin:0 0 .75rem;font-size:.9rem}
.sandbox summary{cursor:pointer;text-decoration:underline;margin-top:.15rem;min-height:1.5rem}
.sandbox b{letter-spacing:.02em}
.tests{list-style:none;margin:.4rem 0 .2rem;padding:0}
.tests button{justify-content:space-between;gap:.25rem .75rem;flex-wrap:wrap;font-weight:400;font-size:.875rem;
min-height:2.5rem;padding:.35rem .6rem;margin-top:.3rem;background:none;color:inherit;
border-color:currentColor;text-align:left}
.tests span{font-variant-numeric:tabular-nums;white-space:nowrap}
.result{text-align:center}
.result .soft{margin-bottom:.5rem}
.result .amount{margin-top:.25rem}
.result h1{font-size:1.35rem;margin:.75rem 0 .25rem}
.sign{display:inline-grid;place-items:center;width:3.75rem;height:3.75rem;border-radius:50%;
color:var(--soft);border:3px solid;margin-top:.5rem}
.sign .icon{width:2rem;height:2rem}
.sign.done{color:var(--good)}.sign.failed{color:var(--error)}
.result .facts{text-align:left;border-top:1px solid var(--hair);padding-top:.9rem}
.bank{display:flex;gap:.6rem;align-items:center;background:#12343b;color:#fff;
margin:-1.25rem -1.25rem 1.1rem;padding:.9rem 1.25rem;border-radius:.7rem .7rem 0 0;font-weight:600}
.bank .icon{width:1.5rem;height:1.5rem}
.bank small{font-weight:400;display:block}
.tag{margin-left:auto;border:1px solid;border-radius:1rem;padding:.1rem .6rem;font-size:.75rem;
letter-spacing:.05em;text-transform:uppercase;white-space:nowrap}
.issuer h1{font-size:1.25rem;margin-bottom:.25rem}
.issuer .facts{background:var(--page);border-radius:.5rem;padding:.75rem .9rem}
.issuer .main{background:#14505c;color:#fff}
.issuer form+.soft{margin:1rem 0 0;font-size:.875rem}
@media(max-width:23rem){.box{padding:1rem}.bank{margin:-1rem -1rem 1rem;padding:.8rem 1rem}
.row{gap:.75rem}.mark{width:1.75rem;height:1.2rem}}
@media(min-width:56rem){.two{max-width:56rem;padding-top:3rem}
.two .box{display:grid;grid-template-columns:20rem 1fr;padding:0;overflow:hidden}
.two .about{background:var(--page);padding:2rem;border-right:1px solid var(--hair)}
.two .work{padding:2rem}main{padding-top:3rem}}
.framed,.framed body{background:var(--box)}
.framed main{max-width:none;padding:0}
.framed .box{border:0;border-radius:0;padding:.25rem}
.framed .bank{margin:0 0 1rem;border-radius:.5rem}
.bare,.bare body,.bare .box{background:none}
.bare .box{padding:5px}
`;

/** The style sheet with a template's colours, in a theme or in the one that its reader prefers. */
export function styleOf(template: Template, theme: Theme | null): string {
  const { accent } = template;
  const ours = `--accent:${accent};--on-accent:${textOn(accent)}`;
  return `${coloursOf(theme)}:root{${ours}}${STYLE}`;
}

function coloursOf(theme: Theme | null): string {
  if (theme !== null) return `:root{color-scheme:${theme};${theme === 'dark' ? DARK : LIGHT}}`;
  return `:root{color-scheme:light dark;${LIGHT}}@media(prefers-color-scheme:dark){:root{${DARK}}}`;
}
