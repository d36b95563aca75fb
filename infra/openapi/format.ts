const LINE_WIDTH = 100;

/** JSON with short lists on one line, as the project's formatter writes it, without what is undefined. */
export function formatJson(value: unknown): string {
  return `${write(value, '', 0)}\n`;
}

/** `used` is how much of the line comes before the value. */
function write(value: unknown, indent: string, used: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (!Array.isArray(value)) {
    const given = Object.entries(value).filter(([, one]) => one !== undefined);
    const lines = given.map(([name, one]) => {
      const head = `${inner}${JSON.stringify(name)}: `;
      return head + write(one, inner, head.length);
    });
    return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
  }
  const items = value.map((one) => write(one, inner, inner.length));
  const line = `[${items.join(', ')}]`;
  const fits = used + line.length + 1 <= LINE_WIDTH && !line.includes('\n');
  return fits ? line : `[\n${items.map((item) => inner + item).join(',\n')}\n${indent}]`;
}
