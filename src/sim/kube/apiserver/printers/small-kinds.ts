/** Rows of kinds that show little: namespaces, config maps, secrets, service accounts, policies, leases, revisions, roles. */
import type { ConfigMap, Namespace, Secret, ServiceAccount } from '../../api/types-core.ts';
import type { NetworkPolicy } from '../../api/types-network.ts';
import type { ResourceQuota } from '../../api/types-quota.ts';
import type { ComponentStatus } from '../component-status.ts';
import type { ApiObject, ControllerRevision, Lease } from '../object.ts';
import { ageText } from './human-duration.ts';
import { columnsOf } from './printer.ts';
import type { Printer } from './printer.ts';
import { selectorText } from './selector-text.ts';

export const namespacePrinter: Printer<Namespace> = {
  columns: columnsOf('Name', 'Status', 'Age'),
  cells: ({ metadata, status }, { wallClock }) => [metadata.name, status.phase ?? '', ageText(metadata.creationTimestamp, wallClock)],
};

export const configMapPrinter: Printer<ConfigMap> = {
  columns: columnsOf('Name', 'Data', 'Age'),
  cells: ({ metadata, data, binaryData }, { wallClock }) => [
    metadata.name,
    Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length,
    ageText(metadata.creationTimestamp, wallClock),
  ],
};

export const secretPrinter: Printer<Secret> = {
  columns: columnsOf('Name', 'Type', 'Data', 'Age'),
  cells: ({ metadata, type, data }, { wallClock }) => [
    metadata.name,
    type ?? '',
    Object.keys(data ?? {}).length,
    ageText(metadata.creationTimestamp, wallClock),
  ],
};

export const serviceAccountPrinter: Printer<ServiceAccount> = {
  columns: columnsOf('Name', 'Age'),
  cells: ({ metadata }, { wallClock }) => [metadata.name, ageText(metadata.creationTimestamp, wallClock)],
};

export const networkPolicyPrinter: Printer<NetworkPolicy> = {
  columns: columnsOf('Name', 'Pod-Selector', 'Age'),
  cells: ({ metadata, spec }, { wallClock }) => [metadata.name, selectorText(spec.podSelector), ageText(metadata.creationTimestamp, wallClock)],
};

export const leasePrinter: Printer<Lease> = {
  columns: columnsOf('Name', 'Holder', 'Age'),
  cells: ({ metadata, spec }, { wallClock }) => [metadata.name, spec.holderIdentity, ageText(metadata.creationTimestamp, wallClock)],
};

export const controllerRevisionPrinter: Printer<ControllerRevision> = {
  columns: columnsOf('Name', 'Controller', 'Revision', 'Age'),
  cells({ metadata, revision }, { wallClock }) {
    const owner = metadata.ownerReferences?.find((reference) => reference.controller === true);
    const group = owner?.apiVersion.includes('/') === true ? `.${owner.apiVersion.split('/')[0] ?? ''}` : '';
    const controller = owner === undefined ? '<none>' : `${owner.kind.toLowerCase()}${group}/${owner.name}`;
    return [metadata.name, controller, revision, ageText(metadata.creationTimestamp, wallClock)];
  },
};

/** Kinds without a printer of their own (tableconvertor's default). */
export const defaultPrinter: Printer<ApiObject> = {
  columns: columnsOf('Name', 'Created At'),
  cells: ({ metadata }) => [metadata.name, metadata.creationTimestamp ?? ''],
};

export const resourceQuotaPrinter: Printer<ResourceQuota> = {
  columns: columnsOf('Name', 'Request', 'Limit', 'Age'),
  cells({ metadata, status }, { wallClock }) {
    const names = Object.keys(status?.hard ?? {}).sort();
    const told = (limits: boolean): string =>
      names
        .filter((name) => name.startsWith('limits.') === limits)
        .map((name) => `${name}: ${String(status?.used?.[name] ?? '0')}/${String(status?.hard?.[name] ?? '0')}`)
        .join(', ');
    return [metadata.name, told(false), told(true), ageText(metadata.creationTimestamp, wallClock)];
  },
};

interface RoleBinding extends ApiObject {
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly { readonly kind?: string; readonly name?: string; readonly namespace?: string }[];
}

export const roleBindingPrinter: Printer<RoleBinding> = {
  columns: columnsOf('Name', 'Role', 'Age', 'Users*', 'Groups*', 'ServiceAccounts*'),
  cells({ metadata, roleRef, subjects = [] }, { wallClock }) {
    const named = (kind: string): string =>
      subjects
        .filter((subject) => subject.kind === kind)
        .map((subject) => (kind === 'ServiceAccount' ? `${subject.namespace ?? ''}/${subject.name ?? ''}` : (subject.name ?? '')))
        .join(', ');
    return [
      metadata.name,
      `${roleRef?.kind ?? ''}/${roleRef?.name ?? ''}`,
      ageText(metadata.creationTimestamp, wallClock),
      named('User'),
      named('Group'),
      named('ServiceAccount'),
    ];
  },
};

export const componentStatusPrinter: Printer<ComponentStatus> = {
  columns: columnsOf('Name', 'Status', 'Message', 'Error'),
  cells({ metadata, conditions }) {
    const healthy = conditions.find((condition) => condition.type === 'Healthy');
    return [metadata.name, healthy?.status === 'True' ? 'Healthy' : 'Unhealthy', healthy?.message ?? '', healthy?.error ?? ''];
  },
};
