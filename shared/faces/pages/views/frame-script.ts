/**
 * What the card frame does (contract G): it waits for the shop's page to say "store", sends the
 * card to this server and tells the shop's page what it is known as from then on. It listens to
 * the page that framed it only, and answers nobody else.
 */
export const FRAME_SCRIPT = `
(()=>{
const form=document.querySelector('form');const shop=form.dataset.origin;
const tell=(type,data)=>parent.postMessage({paylands:type,data},shop);
const digits=t=>t.replace(/\\D/g,'');
const luhn=t=>[...t].reverse().reduce((s,c,i)=>s+(i%2?(c*2>9?c*2-9:c*2):+c),0)%10===0;
const check=()=>{const n=digits(number.value),d=digits(expiry.value);const {dataset:w}=form;
const month=+d.slice(0,2),year=2000+ +d.slice(-2);
const end=Date.UTC(year,month,1);const errors={};
if(n.length<12||n.length>19||!luhn(n))errors.cardPan=w.number;
if(d.length!==4||month<1||month>12)errors.cardExpiryDate=w.expiry;
else if(end<=Date.now())errors.cardExpiryDate=w.expired;
if(!/^\\d{3,4}$/.test(document.getElementById('cardCode').value))errors.cardCode=w.cvv;
return errors};
const named=errors=>({errors:Object.keys(errors),messages:errors});
const show=errors=>{for(const n of ['cardPan','cardExpiryDate','cardCode']){
const e=errors[n]||'';document.getElementById(n+'-error').textContent=e;
document.getElementById(n).setAttribute('aria-invalid',String(!!e))}};
const expiry=document.getElementById('cardExpiryDate');
const number=document.getElementById('cardPan');
number.addEventListener('input',()=>{const p=number.selectionStart===number.value.length;
const t=digits(number.value).slice(0,19).replace(/(.{4})(?=.)/g,'$1 ');
if(p)number.value=t});
expiry.addEventListener('input',e=>{if(e.inputType&&e.inputType.startsWith('delete'))return;
const d=digits(expiry.value).slice(0,4);expiry.value=d.length>=2?d.slice(0,2)+'/'+d.slice(2):d});
let busy=false;
const store=async options=>{if(busy)return;busy=true;
const d=digits(expiry.value);const body=new URLSearchParams({token:form.dataset.token,
card_pan:number.value,card_expiry_month:d.slice(0,2),card_expiry_year:d.slice(2),
card_cvv:document.getElementById('cardCode').value,lang:document.documentElement.lang});
for(const n of ['validate','service','additional'])if(options[n]!=null)body.set(n,String(options[n]));
try{const answer=await fetch(form.action,{method:'POST',body});const json=await answer.json();
if(answer.ok){show({});tell('savedCard',{code:json.code,current_time:json.current_time,
source:json.Source,customer:json.Customer})}
else if(json.errors){show(json.errors);tell('error',named(json.errors))}
else tell('errorServer',{message:json.details||json.message})}
catch(e){tell('errorServer',{message:'Network error'})}finally{busy=false}};
addEventListener('message',e=>{if(e.source===parent&&e.origin===shop&&e.data&&
['store','validate'].includes(e.data.paylands)){
if(e.data.paylands==='store')return store(e.data);
const errors=check();show(errors);
tell('validation',{valid:!Object.keys(errors).length,...named(errors)})}});
form.addEventListener('submit',e=>e.preventDefault());
tell('initiated',{height:document.documentElement.scrollHeight});
})();
`;
