/**
 * What the card form does where scripts run: groups digits, names the brand, checks a field when it
 * is left, and keeps a form from being sent twice. Without it the server does the checks alone.
 */
export const CARD_SCRIPT = `
(()=>{
const form=document.querySelector('form[data-card]');if(!form)return;
const field=n=>form.elements[n];
const brands=[['VISA',/^4/],['MASTERCARD',/^(5[1-5]|2(2[2-9]|[3-6]|7[01]|720))/],['AMEX',/^3[47]/],
['DINERS',/^3(0[0-5]|[68])/],['JCB',/^35/],['MAESTRO',/^(5[06-8]|6)/]];
const digits=t=>t.replace(/\\D/g,'');
const luhn=d=>{let s=0;for(let i=0;i<d.length;i++){let n=+d[d.length-1-i];if(i%2){n*=2;if(n>9)n-=9}s+=n}
return d.length>=12&&d.length<=19&&s%10===0};
const number=field('number'),expiry=field('expiry'),cvv=field('cvv'),brand=form.querySelector('.brand');
const group=()=>{const d=digits(number.value).slice(0,19);const amex=/^3[47]/.test(d);
const at=digits(number.value.slice(0,number.selectionStart)).length;
number.value=(amex?d.replace(/^(.{4})(.{1,6})?(.*)$/,(_,a,b,c)=>[a,b,c].filter(Boolean).join(' ')):
d.replace(/(.{4})(?=.)/g,'$1 '));
let p=0,n=0;while(n<at&&p<number.value.length){if(/\\d/.test(number.value[p]))n++;p++}
number.setSelectionRange(p,p);
const b=brands.find(x=>x[1].test(d));brand.textContent=b?b[0]:''};
number.addEventListener('input',group);
expiry.addEventListener('input',e=>{if(e.inputType&&e.inputType.startsWith('delete'))return;
const d=digits(expiry.value).slice(0,4);expiry.value=d.length>=2?d.slice(0,2)+'/'+d.slice(2):d});
const late=()=>{const d=digits(expiry.value);const m=+d.slice(0,2),y=+d.slice(-2);
if(d.length!==4||m<1||m>12)return'expiry';
return Date.UTC(2000+y,m,1)<=Date.now()?'expired':''};
const checks={holder:()=>field('holder').value.trim()?'':'holder',
number:()=>luhn(digits(number.value))?'':'number',expiry:late,
cvv:()=>/^\\d{3,4}$/.test(cvv.value.trim())?'':'cvv'};
const show=n=>{const e=checks[n]();field(n).setAttribute('aria-invalid',String(!!e));
document.getElementById(n+'-error').textContent=e?form.dataset[e]:'';return!e};
for(const n in checks)field(n).addEventListener('change',()=>show(n));
const usesNew=()=>{const c=form.querySelector('[name=card]:checked');return!c||c.value==='new'};
const fields=document.getElementById('new-card');
const toggle=()=>{fields.hidden=!usesNew()};
for(const c of form.querySelectorAll('[name=card]'))c.addEventListener('change',toggle);
toggle();
let sent=false;
form.addEventListener('submit',e=>{if(sent){e.preventDefault();return}
const cancels=e.submitter&&e.submitter.value==='cancel';
if(!cancels&&usesNew()){const bad=Object.keys(checks).filter(n=>!show(n));
if(bad.length){e.preventDefault();field(bad[0]).focus();return}}
sent=true});
addEventListener('pageshow',()=>{sent=false});
})();
`;
