/** A column of an export: its name says the unit. */
export interface Field<T> { name: string; value(item: T): string | number | boolean | null | undefined }

/** RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe: names come from hostile processes. */
export function csv<T>(fields: readonly Field<T>[], items: readonly T[]): string {
  const cell = (value: string | number | boolean | null | undefined): string => {
    if (value === null || value === undefined) return '';
    if (typeof value !== 'string') return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [fields.map(field => field.name), ...items.map(item => fields.map(field => cell(field.value(item))))].map(row => row.join(',')).join('\r\n') + '\r\n';
}

export function save(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
