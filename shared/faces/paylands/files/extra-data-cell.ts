/**
 * `extra_data` in a cell (contract F.2): fields separated by `;`, each a dotted path and its value
 * (`profile.email=jane@example.com;payment.installments=3`), or the JSON of the object. What is
 * neither is returned as it came, to be refused.
 */
export function extraDataIn(cell: unknown): unknown {
  if (typeof cell !== 'string') return cell;
  return cell.startsWith('{') ? jsonIn(cell) : fieldsIn(cell);
}

function jsonIn(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

const FIELD = /^\s*([a-z0-9_]{1,64}(?:\.[a-z0-9_]{1,64}){0,4})\s*[=:]\s*(.*?)\s*$/i;

function fieldsIn(cell: string): unknown {
  const result: Record<string, unknown> = {};
  for (const field of cell.split(';').filter((one) => one.trim() !== '')) {
    const [, path, value] = FIELD.exec(field) ?? [];
    if (path === undefined || !setAt(result, path.split('.'), value ?? '')) return cell;
  }
  return result;
}

/** False when a part of the path is a value, or a name that every object has. */
function setAt(target: Record<string, unknown>, path: readonly string[], value: string): boolean {
  const [name, ...rest] = path;
  if (name === undefined || name in Object.prototype) return false;
  if (rest.length === 0) {
    if (Object.hasOwn(target, name)) return false;
    target[name] = value;
    return true;
  }
  target[name] ??= {};
  const inner = target[name];
  return typeof inner === 'object' && setAt(inner as Record<string, unknown>, rest, value);
}
