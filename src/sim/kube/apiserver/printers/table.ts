/** A list of objects as the table the server sends to `kubectl get`; laying it out is kubectl's. */
import type { ApiObject } from '../object.ts';
import type { Resource } from '../resource.ts';
import { eventPrinter } from './event.ts';
import { nodePrinter } from './node.ts';
import { podPrinter } from './pod.ts';
import type { Cell, Column, Printer } from './printer.ts';
import { endpointSlicePrinter, endpointsPrinter, servicePrinter } from './service.ts';
import {
  componentStatusPrinter,
  configMapPrinter,
  controllerRevisionPrinter,
  defaultPrinter,
  leasePrinter,
  namespacePrinter,
  networkPolicyPrinter,
  resourceQuotaPrinter,
  roleBindingPrinter,
  secretPrinter,
  serviceAccountPrinter,
} from './small-kinds.ts';
import { cronJobPrinter, daemonSetPrinter, deploymentPrinter, jobPrinter, replicaSetPrinter, statefulSetPrinter } from './workload.ts';

export interface TableRow {
  readonly cells: readonly Cell[];
  readonly object: ApiObject;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
}

const PRINTER_BY_KEY: Readonly<Record<string, Printer<never>>> = {
  pods: podPrinter,
  nodes: nodePrinter,
  services: servicePrinter,
  endpoints: endpointsPrinter,
  'endpointslices.discovery.k8s.io': endpointSlicePrinter,
  events: eventPrinter,
  'events.events.k8s.io': eventPrinter,
  componentstatuses: componentStatusPrinter,
  namespaces: namespacePrinter,
  configmaps: configMapPrinter,
  secrets: secretPrinter,
  serviceaccounts: serviceAccountPrinter,
  'networkpolicies.networking.k8s.io': networkPolicyPrinter,
  'leases.coordination.k8s.io': leasePrinter,
  'controllerrevisions.apps': controllerRevisionPrinter,
  'deployments.apps': deploymentPrinter,
  'replicasets.apps': replicaSetPrinter,
  'daemonsets.apps': daemonSetPrinter,
  'statefulsets.apps': statefulSetPrinter,
  'jobs.batch': jobPrinter,
  'cronjobs.batch': cronJobPrinter,
  resourcequotas: resourceQuotaPrinter,
  'rolebindings.rbac.authorization.k8s.io': roleBindingPrinter,
  'clusterrolebindings.rbac.authorization.k8s.io': roleBindingPrinter,
};

/** The table of some objects of one resource; wide columns only when asked for. @param context wallClock in Unix milliseconds */
export function tableOf(resource: Resource, objects: readonly ApiObject[], context: { readonly wide: boolean; readonly wallClock: number }): Table {
  const printer: Printer<never> = PRINTER_BY_KEY[resource.key] ?? defaultPrinter;
  const shown = printer.columns.map((column) => context.wide || !column.wide);
  return {
    columns: printer.columns.filter((_column, index) => shown[index]),
    rows: objects.map((object) => ({
      object,
      cells: printer.cells(object as never, context).filter((_cell, index) => shown[index]),
    })),
  };
}
