/**
 * Tables for people: headers, namespaces, labels, kinds, and rows that stay in line while watching
 * (cli-runtime printers/tableprinter.go, v0.37). The cells come from the server's printers.
 */
import type { ApiObject } from '../../../../kube/apiserver/object.ts';
import { tableOf } from '../../../../kube/apiserver/printers/table.ts';
import type { Resource } from '../../../../kube/apiserver/resource.ts';
import { typeName } from '../request/object-name.ts';
import { ColumnWriter } from './column-writer.ts';

export interface TableOptions {
  readonly wide: boolean;
  readonly noHeaders: boolean;
  readonly withNamespace: boolean;
  readonly withKind: boolean;
  readonly showLabels: boolean;
  readonly labelColumns: readonly string[];
}

export class TableOutput {
  readonly #resource: Resource;
  readonly #options: TableOptions;
  readonly #writer = new ColumnWriter();
  #headersPrinted: boolean;

  constructor(resource: Resource, options: TableOptions) {
    this.#resource = resource;
    this.#options = options;
    this.#headersPrinted = options.noHeaders;
  }

  /** The lines of some objects; headers come with the first. @param event shown first by --output-watch-events */
  lines(objects: readonly ApiObject[], context: { readonly wallClock: number; readonly event?: string }): string {
    if (objects.length === 0) return '';
    const { wide, withNamespace, withKind, showLabels, labelColumns } = this.#options;
    const table = tableOf(this.#resource, objects, { wide, wallClock: context.wallClock });
    const nameColumn = table.columns.findIndex((column) => column.name === 'Name');
    const rows = table.rows.map((row) => [
      ...(context.event === undefined ? [] : [context.event.padEnd(8)]),
      ...(withNamespace ? [row.object.metadata.namespace ?? ''] : []),
      ...row.cells.map((cell, column) => cellText(withKind && column === nameColumn ? `${typeName(this.#resource)}/${String(cell)}` : String(cell))),
      ...labelColumns.map((key) => row.object.metadata.labels?.[key] ?? ''),
      ...(showLabels ? [labelsText(row.object)] : []),
    ]);
    if (this.#headersPrinted) return this.#writer.lines(rows);
    this.#headersPrinted = true;
    const headers = [
      ...(context.event === undefined ? [] : ['Event']),
      ...(withNamespace ? ['Namespace'] : []),
      ...table.columns.map((column) => column.name),
      ...labelColumns.map((key) => key.slice(key.lastIndexOf('/') + 1)),
      ...(showLabels ? ['Labels'] : []),
    ];
    return this.#writer.lines([headers.map((header) => header.toUpperCase()), ...rows]);
  }
}

function cellText(text: string): string {
  const end = text.search(/[\f\n\r]/);
  return end < 0 ? text : `${text.slice(0, end)}...`;
}

function labelsText(object: ApiObject): string {
  const labels = Object.entries(object.metadata.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return labels.length === 0 ? '<none>' : labels.sort().join(',');
}
