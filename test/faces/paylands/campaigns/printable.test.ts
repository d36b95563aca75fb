import { expect, test } from 'vitest';
import { printable } from '#faces/paylands/campaigns/printable.ts';

test.each([
  ['Œuvre de Šimić, Žižek & cœur', 'Œuvre de Šimic, Žižek & cœur'],
  ['Café', 'Café'],
  ['Cafe\u0301', 'Café'],
  ['Łukasz Żółć', 'Lukasz Zólc'],
  ['İstanbul, Iğdır', 'Istanbul, Igdir'],
  ['Nguyễn Thị Ánh', 'Nguyen Thi Ánh'],
  ['50 € · «Té» – “uno” … • ™', '50 € · «Té» – “uno” … • ™'],
  ['one\r\ntwo\tthree\u00a0four', 'one two three four'],
  ['a\u200bb\ufeff', 'ab'],
  ['ﬁn ①', 'fin 1'],
  ['Ω 漢字 👩', '? ?? ?'],
])('%j is written %j', (text, written) => {
  expect(printable(text)).toBe(written);
});
