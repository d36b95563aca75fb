import {
  type Action,
  type Condition,
  type Operand,
  parseCondition,
  parseUpdate,
  type Step,
} from './parse.ts';
import { compare, type Item, invalid, isEqual, kindOf, type Value } from './values.ts';

/** What expressions refer to by placeholders. */
export interface Placeholders {
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, Value>;
}

/**
 * Evaluates expressions of one request: conditions, key conditions, filters and updates, as the
 * "Expressions" chapter of DynamoDB's developer guide defines them. Placeholders that are not
 * defined, or defined and not used, are refused as DynamoDB refuses them.
 */
export class Evaluator {
  readonly #names: Record<string, string>;
  readonly #values: Record<string, Value>;
  readonly #used = new Set<string>();

  constructor(placeholders: Placeholders) {
    this.#names = placeholders.ExpressionAttributeNames ?? {};
    this.#values = placeholders.ExpressionAttributeValues ?? {};
  }

  holds(expression: string | undefined, item: Item | undefined): boolean {
    return expression === undefined || this.#test(parseCondition(expression), item ?? {});
  }

  /** The item that an update makes of another one. */
  updated(expression: string, item: Item): Item {
    const next = structuredClone(item) as Record<string, Value>;
    for (const action of parseUpdate(expression)) this.#apply(action, item, next);
    return next;
  }

  /** Marks all placeholders of expressions as used, whatever an evaluation looks at. */
  declare(...expressions: readonly (string | undefined)[]): void {
    for (const expression of expressions) {
      for (const [name] of expression?.matchAll(/[#:][A-Za-z0-9_]+/g) ?? []) this.#used.add(name);
    }
    const known = { ...this.#names, ...this.#values };
    for (const name of this.#used) {
      if (known[name] === undefined) throw invalid(`${name} is used and not defined`);
    }
    for (const name of Object.keys(known)) {
      if (!this.#used.has(name)) throw invalid(`${name} is defined and not used in expressions`);
    }
  }

  /** A path with its placeholders of names filled in. */
  resolve(path: readonly Step[]): Step[] {
    return path.map((step) => (typeof step === 'string' ? this.#nameOf(step) : step));
  }

  valueOf(operand: Operand, item: Item): Value | undefined {
    switch (operand.node) {
      case 'value':
        return this.#values[operand.name];
      case 'path':
        return valueAt(item, this.resolve(operand.path));
      case 'call':
        return this.#call(operand.name, operand.args, item);
      case 'sum':
        return this.#sum(operand, item);
    }
  }

  #nameOf(step: string): string {
    if (!step.startsWith('#')) return step;
    const name = this.#names[step];
    if (name === undefined) throw invalid(`${step} is not defined`);
    return name;
  }

  #test(condition: Condition, item: Item): boolean {
    switch (condition.node) {
      case 'or':
        return condition.parts.some((part) => this.#test(part, item));
      case 'and':
        return condition.parts.every((part) => this.#test(part, item));
      case 'not':
        return !this.#test(condition.part, item);
      case 'compare': {
        const left = this.valueOf(condition.left, item);
        const right = this.valueOf(condition.right, item);
        if (left === undefined || right === undefined) return false;
        return compares(condition.comparator, left, right);
      }
      case 'between': {
        const [value, low, high] = [condition.value, condition.low, condition.high].map((one) =>
          this.valueOf(one, item),
        );
        if (low !== undefined && high !== undefined && (compare(low, high) ?? 0) > 0) {
          throw invalid('The BETWEEN operator requires upper bound to be greater than lower bound');
        }
        if (value === undefined || low === undefined || high === undefined) return false;
        return compares('>=', value, low) && compares('<=', value, high);
      }
      case 'in': {
        const value = this.valueOf(condition.value, item);
        const options = condition.options.map((one) => this.valueOf(one, item));
        return (
          value !== undefined && options.some((one) => one !== undefined && isEqual(one, value))
        );
      }
      case 'test':
        return this.#function(condition.name, condition.args, item);
    }
  }

  #function(name: string, args: readonly Operand[], item: Item): boolean {
    const [first, second] = args.map((one) => this.valueOf(one, item));
    switch (name) {
      case 'attribute_exists':
        return first !== undefined;
      case 'attribute_not_exists':
        return first === undefined;
      case 'attribute_type':
        return first !== undefined && kindOf(first) === second?.S;
      case 'begins_with':
        return first?.S?.startsWith(second?.S ?? '') === true;
      case 'contains':
        return first !== undefined && second !== undefined && contains(first, second);
      default:
        throw invalid(`Invalid function name; function: ${name}`);
    }
  }

  #call(name: string, args: readonly Operand[], item: Item): Value | undefined {
    const [first, second] = args.map((one) => this.valueOf(one, item));
    if (name === 'if_not_exists') return first ?? second;
    if (name === 'list_append') return { L: [...(first?.L ?? []), ...(second?.L ?? [])] };
    if (name === 'size') return first === undefined ? undefined : { N: String(lengthOf(first)) };
    throw invalid(`Invalid function name; function: ${name}`);
  }

  #sum({ sign, left, right }: Extract<Operand, { node: 'sum' }>, item: Item): Value {
    const [one, other] = [this.valueOf(left, item)?.N, this.valueOf(right, item)?.N];
    if (one === undefined || other === undefined) {
      throw invalid('An operand in the update expression has an incorrect data type');
    }
    return { N: String(Number(one) + (sign === '+' ? 1 : -1) * Number(other)) };
  }

  /** All values are taken of the item as it was before. */
  #apply({ clause, path, value }: Action, before: Item, next: Record<string, Value>): void {
    const steps = this.resolve(path);
    const operand = value === null ? undefined : this.valueOf(value, before);
    const current = valueAt(before, steps);
    if (clause === 'REMOVE') {
      setAt(next, steps, undefined);
      return;
    }
    if (operand === undefined) {
      throw invalid(
        'The provided expression refers to an attribute that does not exist in the item',
      );
    }
    if (clause === 'SET') setAt(next, steps, operand);
    else setAt(next, steps, clause === 'ADD' ? added(current, operand) : without(current, operand));
  }
}

function compares(comparator: string, left: Value, right: Value): boolean {
  if (comparator === '=') return isEqual(left, right);
  if (comparator === '<>') return !isEqual(left, right);
  const order = compare(left, right);
  if (order === null) return false;
  if (comparator === '<') return order < 0;
  if (comparator === '<=') return order <= 0;
  return comparator === '>' ? order > 0 : order >= 0;
}

function contains(whole: Value, part: Value): boolean {
  if (whole.S !== undefined) return part.S !== undefined && whole.S.includes(part.S);
  if (whole.L !== undefined) return whole.L.some((one) => isEqual(one, part));
  if (whole.SS !== undefined) return part.S !== undefined && whole.SS.includes(part.S);
  if (whole.NS !== undefined) return part.N !== undefined && whole.NS.includes(part.N);
  return false;
}

function lengthOf(value: Value): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.B !== undefined) return Buffer.from(value.B, 'base64').length;
  if (value.M !== undefined) return Object.keys(value.M).length;
  const many = value.L ?? value.SS ?? value.NS ?? value.BS;
  if (many === undefined) throw invalid('Invalid operand type for size');
  return many.length;
}

function added(current: Value | undefined, by: Value): Value {
  if (by.N !== undefined) {
    if (current !== undefined && current.N === undefined) throw invalid('ADD needs a number');
    return { N: String(Number(current?.N ?? 0) + Number(by.N)) };
  }
  if (by.SS !== undefined) return { SS: [...new Set([...(current?.SS ?? []), ...by.SS])] };
  if (by.NS !== undefined) return { NS: [...new Set([...(current?.NS ?? []), ...by.NS])] };
  throw invalid('Incorrect operand type for operator or function; operator: ADD');
}

function without(current: Value | undefined, by: Value): Value | undefined {
  const left = current?.SS?.filter((one) => !by.SS?.includes(one));
  if (by.SS === undefined) throw invalid('Incorrect operand type for operator: DELETE');
  return left === undefined || left.length === 0 ? undefined : { SS: left };
}

function valueAt(item: Item, path: readonly Step[]): Value | undefined {
  let value: Value | undefined = { M: item };
  for (const step of path) {
    value = typeof step === 'number' ? value?.L?.[step] : value?.M?.[step];
  }
  return value;
}

function setAt(item: Record<string, Value>, path: readonly Step[], value: Value | undefined): void {
  const last = path.at(-1);
  const parent = valueAt(item, path.slice(0, -1));
  if (last === undefined || parent === undefined) {
    throw invalid('The document path provided in the update expression is invalid for update');
  }
  if (typeof last === 'number') {
    if (value === undefined) parent.L?.splice(last, 1);
    else if (parent.L !== undefined) parent.L[last] = value;
    return;
  }
  if (parent.M === undefined) throw invalid('The document path is invalid for update');
  if (value === undefined) delete parent.M[last];
  else parent.M[last] = value;
}
