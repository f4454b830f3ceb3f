import { ApiError } from './api-error';
import type { ApiRequest, ApiResponse } from './exchange';
import { type Operation, readText, type Shape } from './shape';

/** The operation that a form asks for. */
export const actionOf = ({ body }: Pick<ApiRequest, 'body'>): string => new URLSearchParams(body).get('Action') ?? '';

/** What a form says, in the order of its names: `Regions.member.1` is the first of a list. */
interface Branch {
  text?: string;
  readonly below: Map<string, Branch>;
}

/** The operation's input, which is a form. */
export function readForm({ input }: Operation, { body }: Pick<ApiRequest, 'body'>): unknown {
  const root: Branch = { below: new Map() };
  for (const [name, text] of new URLSearchParams(body)) {
    let branch = root;
    for (const step of name.split('.')) {
      const next: Branch = branch.below.get(step) ?? { below: new Map() };
      branch.below.set(step, next);
      branch = next;
    }
    branch.text = text;
  }
  return readBranch(input, root);
}

function readBranch(shape: Shape, { text, below }: Branch): unknown {
  if (shape.isStructSchema()) {
    const members = [...shape.structIterator()].flatMap(([name, member]) => {
      const branch = below.get(name);
      return branch ? [[name, readBranch(member, branch)] as const] : [];
    });
    return Object.fromEntries(members);
  }
  if (shape.isListSchema()) {
    const items = [...(below.get('member')?.below ?? [])].sort(([a], [b]) => Number(a) - Number(b));
    return items.map(([, item]) => readBranch(shape.getValueSchema(), item));
  }
  if (text === undefined) throw new ApiError('MalformedQueryString', `${shape.getMemberName()} must be a value`);
  return readText(shape, text);
}

/** The response of an operation that went well. */
export const writeXml = ({ name, output }: Operation, namespace: string, value: unknown): ApiResponse => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body:
    `<${name}Response xmlns="${namespace}">` +
    `<${name}Result>${output.isUnitSchema() ? '' : xmlOf(output, value)}</${name}Result></${name}Response>`,
});

function xmlOf(shape: Shape, value: unknown): string {
  if (shape.isStructSchema()) {
    const held = value as Readonly<Record<string, unknown>>;
    return [...shape.structIterator()]
      .filter(([name]) => held[name] !== undefined)
      .map(([name, member]) => `<${name}>${xmlOf(member, held[name])}</${name}>`)
      .join('');
  }
  if (shape.isListSchema())
    return (value as unknown[]).map((item) => `<member>${xmlOf(shape.getValueSchema(), item)}</member>`).join('');
  return xmlText(value instanceof Date ? value.toISOString() : String(value));
}

/** Text as it stands between two tags. */
export const xmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
