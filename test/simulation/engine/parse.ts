import { invalid } from './values.ts';

/** A step of a document path: a name, a placeholder of one, or an index of a list. */
export type Step = string | number;

export type Operand =
  | { node: 'path'; path: readonly Step[] }
  | { node: 'value'; name: string }
  | { node: 'call'; name: string; args: readonly Operand[] }
  | { node: 'sum'; sign: '+' | '-'; left: Operand; right: Operand };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { node: 'or' | 'and'; parts: readonly Condition[] }
  | { node: 'not'; part: Condition }
  | { node: 'compare'; comparator: Comparator; left: Operand; right: Operand }
  | { node: 'between'; value: Operand; low: Operand; high: Operand }
  | { node: 'in'; value: Operand; options: readonly Operand[] }
  | { node: 'test'; name: string; args: readonly Operand[] };

export type Clause = 'SET' | 'REMOVE' | 'ADD' | 'DELETE';

export interface Action {
  clause: Clause;
  path: readonly Step[];
  /** Absent where something is removed. */
  value: Operand | null;
}

const TOKEN = /\s*(<=|>=|<>|[=<>(),.[\]+-]|[#:]?[A-Za-z0-9_]+)/y;
const COMPARATORS: readonly string[] = ['=', '<>', '<', '<=', '>', '>='];
const TESTS = [
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
];
const CLAUSES: readonly string[] = ['SET', 'REMOVE', 'ADD', 'DELETE'];

/** A condition, key condition or filter expression. */
export const parseCondition = remembered((text) => {
  const parser = new Parser(text);
  const condition = parser.condition();
  parser.end();
  return condition;
});

export const parseUpdate = remembered((text) => new Parser(text).actions());

/** The paths of a projection expression. */
export const parsePaths = remembered((text) => {
  const parser = new Parser(text);
  const paths = parser.list(() => parser.path());
  parser.end();
  return paths;
});

function remembered<T>(parse: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const parsed = parse(text);
    known.set(text, parsed);
    return parsed;
  };
}

class Parser {
  readonly #text: string;
  readonly #tokens: string[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    TOKEN.lastIndex = 0;
    const whole = text.trimEnd();
    while (TOKEN.lastIndex < whole.length) {
      const found = TOKEN.exec(whole)?.[1];
      if (found === undefined) throw this.#unexpected();
      this.#tokens.push(found);
    }
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw this.#unexpected();
  }

  condition(): Condition {
    const parts = [this.#conjunction()];
    while (this.#takeWord('OR')) parts.push(this.#conjunction());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { node: 'or', parts };
  }

  actions(): readonly Action[] {
    const actions: Action[] = [];
    while (this.#at < this.#tokens.length) {
      const clause = this.#next().toUpperCase();
      if (!CLAUSES.includes(clause)) throw this.#unexpected();
      actions.push(...this.list(() => this.#action(clause as Clause)));
    }
    return actions;
  }

  list<T>(one: () => T): T[] {
    const all = [one()];
    while (this.#take(',')) all.push(one());
    return all;
  }

  path(): readonly Step[] {
    const steps: Step[] = [this.#name()];
    for (;;) {
      if (this.#take('.')) steps.push(this.#name());
      else if (this.#take('[')) {
        steps.push(Number(this.#next()));
        this.#require(']');
      } else return steps;
    }
  }

  #conjunction(): Condition {
    const parts = [this.#negation()];
    while (this.#takeWord('AND')) parts.push(this.#negation());
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { node: 'and', parts };
  }

  #negation(): Condition {
    if (this.#takeWord('NOT')) return { node: 'not', part: this.#negation() };
    if (this.#take('(')) {
      const inner = this.condition();
      this.#require(')');
      return inner;
    }
    const token = this.#peek() ?? '';
    if (TESTS.includes(token)) return { node: 'test', name: this.#next(), args: this.#arguments() };
    return this.#comparison();
  }

  #comparison(): Condition {
    const left = this.#operand();
    if (this.#takeWord('BETWEEN')) {
      const low = this.#operand();
      if (!this.#takeWord('AND')) throw this.#unexpected();
      return { node: 'between', value: left, low, high: this.#operand() };
    }
    if (this.#takeWord('IN')) return { node: 'in', value: left, options: this.#arguments() };
    const comparator = this.#next();
    if (!COMPARATORS.includes(comparator)) throw this.#unexpected();
    return {
      node: 'compare',
      comparator: comparator as Comparator,
      left,
      right: this.#operand(),
    };
  }

  #action(clause: Clause): Action {
    const path = this.path();
    if (clause === 'REMOVE') return { clause, path, value: null };
    if (clause === 'SET') this.#require('=');
    return { clause, path, value: this.#sum() };
  }

  #sum(): Operand {
    let left = this.#operand();
    for (;;) {
      const sign = this.#take('+') ? '+' : this.#take('-') ? '-' : null;
      if (sign === null) return left;
      left = { node: 'sum', sign, left, right: this.#operand() };
    }
  }

  #operand(): Operand {
    const token = this.#peek();
    if (token?.startsWith(':')) return { node: 'value', name: this.#next() };
    if (this.#tokens[this.#at + 1] === '(') {
      return { node: 'call', name: this.#next(), args: this.#arguments() };
    }
    return { node: 'path', path: this.path() };
  }

  #arguments(): Operand[] {
    this.#require('(');
    const args = this.list(() => this.#operand());
    this.#require(')');
    return args;
  }

  #name(): string {
    const token = this.#next();
    if (!/^#?[A-Za-z0-9_]+$/.test(token)) throw this.#unexpected();
    return token;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw this.#unexpected();
    this.#at += 1;
    return token;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #takeWord(word: string): boolean {
    if (this.#tokens[this.#at]?.toUpperCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  #require(token: string): void {
    if (!this.#take(token)) throw this.#unexpected();
  }

  #unexpected(): Error {
    const near = this.#tokens.slice(Math.max(0, this.#at - 1), this.#at + 2).join(' ');
    return invalid(`Syntax error near "${near}" in expression: ${this.#text}`);
  }
}
